# The catalogue in a container: built from the lock file, without root at run time. The edition is mounted at /edition, its ledger lies in /data.
FROM node:24-slim AS build
WORKDIR /fihrist
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build && npm prune --omit=dev --ignore-scripts

FROM node:24-slim
ENV NODE_ENV=production FIHRIST_LOG=json
WORKDIR /fihrist
COPY --from=build /fihrist/package.json /fihrist/LICENSE ./
COPY --from=build /fihrist/node_modules ./node_modules
COPY --from=build /fihrist/dist ./dist
COPY --from=build /fihrist/ontologies ./ontologies
COPY --from=build /fihrist/queries ./queries
COPY --from=build /fihrist/shapes ./shapes
COPY --from=build /fihrist/src/inventory/columns.yaml ./src/inventory/columns.yaml
COPY --from=build /fihrist/src/rdf/contexts ./src/rdf/contexts
COPY --from=build /fihrist/src/web/static ./src/web/static
COPY --from=build /fihrist/src/words ./src/words
RUN mkdir /edition /data && chown node:node /data && ln -s /fihrist/dist/cli/main.js /usr/local/bin/fihrist
USER node
WORKDIR /edition
VOLUME /data
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["node", "-e", "fetch('http://127.0.0.1:3000/healthz').then(r => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["fihrist"]
CMD ["serve", "--host", "0.0.0.0", "--data", "/data"]
