import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { deflateRawSync } from 'node:zlib'
import { writeXlsx, readXlsx } from 'hucre/xlsx'
import { describe, expect, test } from 'vitest'
import { checkTable } from '../../../../src/inventory/check.ts'
import { columns } from '../../../../src/inventory/columns.ts'
import { unpackedSize } from '../../../../src/inventory/grid.ts'
import { readTable } from '../../../../src/inventory/table.ts'
import { templateCsv, templateXlsx } from '../../../../src/inventory/template.ts'
import { Graph } from '../../../../src/rdf/graph.ts'
import { readLines } from '../../../../src/rdf/own-lines.ts'
import { namedNode } from '../../../../src/rdf/terms.ts'
import { fold } from '../../../../src/vocabulary/fold.ts'
import { house, onStage, portal } from '../../stage.ts'
import { keepsTheContract } from '../contract.ts'
import { statements } from '../statements.ts'

const headings = 'identifiant;titre_fr*;description_fr*;organisme_responsable*;theme*'
const csv = (rows: unknown[]) => ({ type: 'text/csv', body: [headings, ...rows].join('\r\n') })

keepsTheContract({
  protocol: 'inventory',
  url: portal => `${portal}/inventaire.csv`,
  record: (id, edition) => `${id};Jeu ${id};Description du jeu, édition ${edition};ADD;Société`,
  broken: ';;Ni titre ni identifiant;ADD;Société',
  answers: rows => ({ '/inventaire.csv': csv(rows) }),
  partly: rows => ({ '/inventaire.csv': csv([...rows.slice(0, 4), 'x;"Guillemet ouvert;…', ...rows.slice(4)]) }),
})

describe('inventory', () => {
  onStage()
  const harvest = (body: string | Uint8Array, more: object = {}) => {
    portal.answers = { '/inventaire': { type: 'application/octet-stream', body } }
    return house.harvest(house.source('inventory', `${portal.url}/inventaire`, { options: more }))
  }
  /** What is said of the dataset with this key, as paths. */
  const said = (key: string) => {
    const { id, dataset } = house.records().find(each => each.key === key)!
    return [...statements(new Graph(readLines(house.graph(id))), namedNode(dataset), `https://catalogue.example.ma/record/${id}`)].sort()
  }
  const concept = (list: string, slug: string) => `https://catalogue.example.ma/id/${list}/${slug}`
  const bytes = (text: string, table: Record<string, number>) => Uint8Array.from([...text].map(letter => table[letter] ?? letter.charCodeAt(0)))

  test('every column of a row is where DCAT-AP has it', async () => {
    const row = {
      identifiant: 'eau-1',
      'titre_fr*': 'Niveaux des nappes',
      titre_ar: 'مستويات الفرشات',
      'description_fr*': 'Relevés mensuels.',
      'organisme_responsable*': 'ABHSM',
      entite_direction: 'Division des ressources',
      'source_des_donnees*': 'capteur',
      'periodicite_collecte*': 'Quotidien',
      'periodicite_mise_a_jour*': 'mensuelle',
      'modalite_collecte*': 'Télémesure',
      date_derniere_mise_a_jour: '31/12/2025',
      couverture_geographique: 'Souss-Massa',
      niveau_desagregation: 'Province',
      couverture_temporelle_debut: '01/01/2010',
      couverture_temporelle_fin: '2025',
      'theme*': 'Équipement',
      mots_cles: 'eau, nappes',
      format_actuel: 'CSV.',
      langue: 'fr|ar',
      donnees_personnelles: 'non',
      classification_securite: 'public',
      ouverture_prevue: 'oui',
      publie_url: 'https://abh.example/nappes.csv',
      licence: 'ODbL',
      contact_fonctionnel: 'Service données <donnees@abh.example>',
      referentiels_utilises: 'Nomenclature des bassins',
      remarque: 'à relire',
    }
    expect(await harvest([Object.keys(row).join(';'), Object.values(row).join(';')].join('\n'))).toMatchObject({
      state: 'complete',
      added: 1,
      quarantined: 0,
      problems: [],
    })
    const paths = said('eau-1')
    for (const path of [
      'dct:title = Niveaux des nappes@fr',
      'dct:title = مستويات الفرشات@ar',
      'dct:identifier = eau-1',
      `dct:publisher = ${concept('organisation', 'abh-souss-massa')}`,
      'dct:creator / foaf:name = Division des ressources@fr',
      'dct:provenance / rdfs:label = source des donnees : capteur@fr',
      'dct:provenance / rdfs:label = modalite collecte : Télémesure@fr',
      'fihrist:collectionFrequency = http://publications.europa.eu/resource/authority/frequency/DAILY',
      'dct:accrualPeriodicity = http://publications.europa.eu/resource/authority/frequency/MONTHLY',
      'dct:modified = 2025-12-31',
      `dct:spatial = ${concept('territory', 'MA-09')}`,
      `fihrist:disaggregationLevel = ${concept('disaggregation-level', 'province')}`,
      'dct:temporal / dcat:startDate = 2010-01-01',
      'dct:temporal / dcat:endDate = 2025',
      `dcat:theme = ${concept('theme', 'equipement')}`,
      'dcat:keyword = eau@fr',
      'dcat:keyword = nappes@fr',
      'dcat:distribution / dct:format = http://publications.europa.eu/resource/authority/file-type/CSV',
      'dcat:distribution / dcat:downloadURL = https://abh.example/nappes.csv',
      'dcat:distribution / dcat:accessURL = https://abh.example/nappes.csv',
      'dct:language = http://publications.europa.eu/resource/authority/language/ARA',
      'dct:language = http://publications.europa.eu/resource/authority/language/FRA',
      'dct:rights / rdfs:label = donnees personnelles : non@fr',
      'dct:accessRights = http://publications.europa.eu/resource/authority/access-right/PUBLIC',
      `adms:status = ${concept('status', 'published')}`,
      'dcat:contactPoint / vcard:fn = Service données@fr',
      'dcat:contactPoint / vcard:hasEmail = mailto:donnees@abh.example',
      'dct:conformsTo / rdfs:label = Nomenclature des bassins@fr',
    ])
      expect(paths).toContain(path)
    expect(paths.join('\n')).not.toContain('à relire')
  })

  test.each([
    ['inventoried', '', '', 'inventoried'],
    ['not to be opened', 'non', '', 'inventoried'],
    ['planned', 'oui', '', 'planned'],
    ['planned for a day', '01/01/2027', '', 'planned'],
    ['published', '', 'https://add.example/donnees', 'published'],
  ])('a dataset that is %s is shown, with its status', async (_what, opening, url, status) => {
    expect(await harvest(`identifiant;titre_fr;organisme;ouverture_prevue;publie_url\n1;Jeu;ADD;${opening};${url}\n`)).toMatchObject({
      state: 'complete',
      added: 1,
      quarantined: 0,
    })
    expect(house.published()).toBe(1)
    expect(said('1')).toContain(`adms:status = ${concept('status', status)}`)
    if (opening.startsWith('01')) expect(said('1')).toContain('dct:available = 2027-01-01')
    if (url) expect(said('1')).toContain(`dcat:landingPage = ${url}`)
  })

  describe('files as people save them', () => {
    const rows = [
      ['identifiant', 'titre_fr', 'organisme', 'thème'],
      ['1', 'Élèves préscolarisés', 'MENPS', 'Éducation'],
      ['2', 'Arrêts de bus, lignes et dépôts', 'ADD', 'Société'],
    ]
    const titles = () =>
      house
        .records()
        .map(each => each.title['fr'])
        .sort()
    const written = (separator: string) => rows.map(row => row.map(cell => (cell.includes(separator) ? `"${cell}"` : cell)).join(separator)).join('\r\n')
    test.each([[';'], [','], ['\t'], ['|']])('separated by %j', async separator => {
      expect(await harvest(written(separator))).toMatchObject({ state: 'complete', added: 2, problems: [] })
      expect(titles()).toEqual(['Arrêts de bus, lignes et dépôts', 'Élèves préscolarisés'])
    })
    test('in UTF-8 with a mark at its start', async () => {
      await harvest(`\ufeff${written(';')}`)
      expect(titles()).toContain('Élèves préscolarisés')
    })
    test('in UTF-16, as "Unicode text"', async () => {
      await harvest(Buffer.from(`\ufeff${written('\t')}`, 'utf16le'))
      expect(titles()).toContain('Élèves préscolarisés')
    })
    test('in Windows-1252', async () => {
      await harvest(Buffer.from(written(';'), 'latin1'))
      expect(titles()).toContain('Élèves préscolarisés')
    })
    test('in Windows-1256, with French letters among the Arabic', async () => {
      const arabic = { ا: 0xc7, ل: 0xe1, م: 0xe3, ا2: 0, ء: 0xc1, ه: 0xe5, ي: 0xed, ة: 0xc9, ع: 0xda, ن: 0xe4, و: 0xe6, é: 0xe9 }
      await harvest(bytes('id;العنوان;titre_fr;organisme\n1;المياه;Qualité des eaux;ADD\n', arabic))
      expect(house.records()[0]!.title).toEqual({ ar: 'المياه', fr: 'Qualité des eaux' })
    })
    test('as a workbook, with numbers, dates and a sheet of help beside', async () => {
      const body = await writeXlsx({
        sheets: [
          { name: 'Lisez-moi', rows: [['Comment remplir'], ['…']] },
          {
            name: 'Inventaire',
            rows: [
              ['identifiant', 'titre_fr', 'organisme', 'date_derniere_mise_a_jour'],
              [12, 'Élèves', 'MENPS', new Date(Date.UTC(2026, 1, 3))],
            ],
          },
        ],
      })
      expect(await harvest(body)).toMatchObject({ state: 'complete', added: 1, problems: [] })
      expect(said('12')).toContain('dct:modified = 2026-02-03')
    })
    test('as a workbook of the old form: it is said what to do', async () => {
      expect((await harvest(Uint8Array.from([0xd0, 0xcf, 0x11, 0xe0, 0, 0]))).problems[0]!.message).toMatch(/old form \(\.xls\).*Save it as \.xlsx/)
    })
  })

  describe('headings', () => {
    test('merged in a workbook: one above several', async () => {
      const body = await writeXlsx({
        sheets: [
          {
            name: 'Inventaire',
            rows: [
              ['Inventaire 2026'],
              ['N°', 'Titre', null, 'Organisme', 'Périodicité', null],
              [null, 'fr', 'العربية', null, 'collecte', 'mise à jour'],
              ['1', 'Jeu', 'مجموعة', 'ADD', 'Mensuel', 'Annuel'],
            ],
            merges: [
              { startRow: 0, endRow: 0, startCol: 0, endCol: 5 },
              { startRow: 1, endRow: 1, startCol: 1, endCol: 2 },
              { startRow: 1, endRow: 1, startCol: 4, endCol: 5 },
              { startRow: 1, endRow: 2, startCol: 0, endCol: 0 },
              { startRow: 1, endRow: 2, startCol: 3, endCol: 3 },
            ],
          },
        ],
      })
      expect(await harvest(body)).toMatchObject({ state: 'complete', added: 1, problems: [] })
      expect(house.records()[0]!.title).toEqual({ fr: 'Jeu', ar: 'مجموعة' })
      expect(said('1')).toEqual(
        expect.arrayContaining([
          'fihrist:collectionFrequency = http://publications.europa.eu/resource/authority/frequency/MONTHLY',
          'dct:accrualPeriodicity = http://publications.europa.eu/resource/authority/frequency/ANNUAL',
          `dct:publisher = ${concept('organisation', 'add')}`,
        ]),
      )
    })
    test('merged, and then saved as CSV', async () => {
      await harvest('Inventaire 2026;;;;;\nN°;Titre;;Organisme;Périodicité;\n;fr;ar;;collecte;mise à jour\n1;Jeu;مجموعة;ADD;Mensuel;Annuel\n')
      expect(house.records()[0]!.title).toEqual({ fr: 'Jeu', ar: 'مجموعة' })
      expect(said('1')).toEqual(
        expect.arrayContaining([
          `dct:publisher = ${concept('organisation', 'add')}`,
          'dct:accrualPeriodicity = http://publications.europa.eu/resource/authority/frequency/ANNUAL',
        ]),
      )
    })
    test('in Arabic, with bodies by their Arabic names and themes in Arabic', async () => {
      await harvest('المعرف;العنوان;الوصف;الجهة المسؤولة;الموضوع;دورية التحيين\n1;مجموعة;وصف;المندوبية السامية للتخطيط;التعليم;سنوي\n')
      expect(said('1')).toEqual(
        expect.arrayContaining([
          `dct:publisher = ${concept('organisation', 'hcp')}`,
          `dcat:theme = ${concept('theme', 'education')}`,
          'dct:accrualPeriodicity = http://publications.europa.eu/resource/authority/frequency/ANNUAL',
        ]),
      )
    })
    test("of the file's own, named in the options", async () => {
      await harvest('Kod;Nimi;Omanik;Artikkel 7\n1;Jeu;ADD;oui\n', { columns: { kod: 'id', Nimi: 'title_fr', Omanik: 'publisher', 'Artikkel 7': 'exception' } })
      expect(said('1')).toEqual(expect.arrayContaining(['dct:title = Jeu@fr', 'dct:rights / rdfs:label = exception legale : oui@fr']))
    })
    test('no two columns are meant by one heading', () => {
      const all = columns.flatMap(({ id, heading, also }) => [...new Set([...Object.values(heading), ...also].map(fold))].map(name => [name, id] as const))
      const twice = [...Map.groupBy(all, ([name]) => name)].filter(([, named]) => named.length > 1)
      expect(twice).toEqual([])
    })
    test('without any that we know: the file is refused, and it is said what is needed', async () => {
      const { state, problems } = await harvest('a;b;c\n1;2;3\n')
      expect(state).toBe('failed')
      expect(problems[0]!.message).toMatch(/no line of headings.*inventory template/)
    })
  })

  test("an identifier given twice is told in the source's language, with both lines; the first is kept", async () => {
    const { state, added, problems } = await harvest(`${headings}\n1;Un;…;ADD;Société\n2;Deux;…;ADD;Société\n1;Trois;…;ADD;Société\n`)
    expect({ state, added }).toEqual({ state: 'complete', added: 2 })
    expect(problems.map(({ code, message, place }) => [code, message, place.line])).toEqual([
      ['duplicate-id', `${portal.url}/inventaire, ligne 4 : l'identifiant « 1 » est déjà celui de la ligne 2. Donnez à chaque jeu le sien.`, 4],
    ])
  })

  test('rows without an identifier are known by title and body, wherever they stand', async () => {
    await harvest('titre;organisme;thème\nUn;ADD;Société\nDeux;ADD;Société\n')
    expect(await harvest('titre;organisme;thème\nDeux;ADD;Société\n\nUn;ADD;Société\n')).toMatchObject({ state: 'complete', unchanged: 2, added: 0 })
  })

  describe('workbooks that are traps', () => {
    /** A ZIP of one entry that says of itself what it likes. */
    const zip = (content: Buffer, says = content.length, flags = 0, packed = deflateRawSync(content)) => {
      const name = Buffer.from('[Content_Types].xml')
      const head = (signature: number, size: number) => {
        const buffer = Buffer.alloc(size)
        buffer.writeUInt32LE(signature)
        return buffer
      }
      const local = head(0x04034b50, 30)
      local.writeUInt16LE(8, 8)
      local.writeUInt32LE(packed.length, 18)
      local.writeUInt32LE(says, 22)
      local.writeUInt16LE(name.length, 26)
      const central = head(0x02014b50, 46)
      central.writeUInt16LE(flags, 8)
      central.writeUInt16LE(8, 10)
      central.writeUInt32LE(packed.length, 20)
      central.writeUInt32LE(says, 24)
      central.writeUInt16LE(name.length, 28)
      const end = head(0x06054b50, 22)
      end.writeUInt16LE(1, 8)
      end.writeUInt16LE(1, 10)
      end.writeUInt32LE(central.length + name.length, 12)
      end.writeUInt32LE(local.length + name.length + packed.length, 16)
      return Buffer.concat([local, name, packed, central, name, end])
    }
    const large = Buffer.alloc(210_000_000)
    const merged = (rows: number, times: number) =>
      writeXlsx({
        sheets: [
          {
            name: 'a',
            rows: Array.from({ length: rows }, () => ['x']),
            merges: Array.from({ length: times }, () => ({ startRow: 0, endRow: rows - 1, startCol: 1, endCol: 200 })),
          },
        ],
      })
    test.each([
      ['one that unpacks to hundreds of megabytes', () => zip(large), /says of itself that it unpacks to 210000000 bytes/],
      ['one that says it is small, and is not', () => zip(large, 1000), /cannot be read as a workbook: Decompressed size exceeds limit of 1000/],
      ['one that says nothing of its size', () => zip(large, 0), /unpacks to Infinity/],
      ['one whose directory is cut off', () => zip(Buffer.from('x')).subarray(0, -10), /no whole \.xlsx file/],
      ['a ZIP that is no workbook', () => zip(Buffer.from('x')), /cannot be read as a workbook/],
      ['one whose cells are merged over and over', () => merged(2000, 2000), /merges 800000000 cells/],
    ])('%s is refused', async (_what, body, says) => {
      const { state, problems } = await harvest(await body())
      expect(state).toBe('failed')
      expect(problems[0]!.message).toMatch(says)
    })
    test('a real workbook is measured right', async () => {
      expect(unpackedSize(await writeXlsx({ sheets: [{ name: 'a', rows: [['x']] }] }))).toBeGreaterThan(1000)
    })
  })

  describe('files of the edition', () => {
    test('are read by their path from catalogue.yaml', async () => {
      mkdirSync(join(house.folder, 'inventaires'), { recursive: true })
      writeFileSync(join(house.folder, 'inventaires/eau 2026.csv'), `${headings}\n1;Un;…;ADD;Société\n`)
      expect(await house.harvest(house.source('inventory', 'file:inventaires/eau%202026.csv'))).toMatchObject({ state: 'complete', added: 1, problems: [] })
    })
    test('that are not there, or are folders, or links to another place, are named', async () => {
      const problem = async (url: string) => (await house.harvest(house.source('inventory', url))).problems[0]!.message
      expect(await problem('file:nowhere.csv')).toMatch(/nowhere\.csv cannot be read: ENOENT.*Check the url of portal\.yaml/)
      expect(await problem('file:./')).toMatch(/is no plain file/)
      symlinkSync('/etc/hostname', join(house.folder, 'link.csv'))
      expect(await problem('file:link.csv')).toMatch(/is no plain file/)
    })
  })

  describe('check', () => {
    const remarks = async (text: string, language: string) => {
      const {
        vocabulary: lists,
        catalogue: { base },
      } = house.engine
      return [...checkTable(await readTable(Buffer.from(text), 'a.csv'), { file: 'a.csv', language, lists, base })].map(
        ({ level, message }) => `${level} ${message}`,
      )
    }
    const text =
      'identifiant;titre_fr;description_fr;organisme;source;periodicite_collecte;periodicite;modalite_collecte;modalite_mise_a_jour;theme;date de mise à jour;publie_url;ouverture_prevue;couverture_temporelle_debut;fin;couleur\n' +
      '1;Un;…;ADD;enquête;Annuel;Annuel;x;y;Société;31/12/2025;https://a.example/;oui;2010;2012;bleu\n2;;…;Office des nuages;enquête;Annuel;parfois;x;y;Nuages|Culture;hier;a b;peut-être;2012;2010;\n'
    test('says in French what is wrong, with line, cell and heading', async () => {
      expect(await remarks(text, 'fr')).toEqual([
        'warning a.csv, ligne 1 : la colonne P « couleur » ne nous dit rien ; elle est gardée, mais pas publiée. Utilisez les intitulés du modèle : fihrist inventory template.',
        'error a.csv, ligne 3, cellule B3 (titre_fr) : il manque une valeur. Titre court et parlant, en français.',
        expect.stringMatching(
          /^error a\.csv, ligne 3, cellule D3 \(organisme\) : « Office des nuages » n'est dans aucune de nos listes\. Choisissez par exemple : Agence/,
        ),
        expect.stringMatching(/^error a\.csv, ligne 3, cellule G3 \(periodicite\) : « parfois »/),
        "error a.csv, ligne 3, cellule K3 (date de mise à jour) : « hier » n'est pas une date que nous sachions lire. Écrivez jj/mm/aaaa, ou une année.",
        'error a.csv, ligne 3, cellule O3 (fin) : la période finit (2010) avant de commencer (2012).',
        expect.stringMatching(/^error a\.csv, ligne 3, cellule J3 \(theme\) : « Nuages »/),
        "error a.csv, ligne 3, cellule M3 (ouverture_prevue) : « peut-être » n'est ni oui, ni non, ni une date.",
        "error a.csv, ligne 3, cellule L3 (publie_url) : « a b » n'est pas une adresse. Écrivez-la en entier, avec https://.",
      ])
    })
    test('and in Arabic and English', async () => {
      expect((await remarks(text, 'ar'))[1]).toBe('error a.csv، السطر 3، الخانة B3 (titre_fr): القيمة غير مدخلة. عنوان قصير ومعبر بالفرنسية.')
      expect((await remarks(text, 'en'))[1]).toBe('error a.csv, line 3, cell B3 (titre_fr): a value is missing. A short, telling title in French.')
    })
  })

  describe('template', () => {
    test.each(['fr', 'ar', 'en'] as const)('in %s, its headings are read as the columns they stand for, in both forms', async language => {
      const {
        vocabulary: lists,
        catalogue: { base },
      } = house.engine
      const asked = columns.filter(({ template }) => template).map(({ id }) => id)
      for (const body of [Buffer.from(templateCsv(language)), await templateXlsx(language, lists, base)]) {
        const table = await readTable(body, 'modele')
        expect([...table.places.keys()]).toEqual(asked)
        expect(table.entries).toEqual([])
      }
    })
    test("offers the edition's lists in its cells, and explains each column", async () => {
      const {
        vocabulary: lists,
        catalogue: { base },
      } = house.engine
      const {
        sheets: [table, help, entries],
      } = await readXlsx(await templateXlsx('fr', lists, base))
      expect(table!.dataValidations!.length).toBeGreaterThan(10)
      const theme = table!.dataValidations!.find(({ inputTitle }) => inputTitle === 'theme*')!
      expect(theme).toMatchObject({ type: 'list', formula1: expect.stringMatching(/^'?Listes'?!\$[A-Z]+\$2:\$[A-Z]+\$20$/) as string })
      expect(help!.rows).toHaveLength(1 + columns.filter(({ template }) => template).length)
      expect(entries!.rows.flat()).toEqual(expect.arrayContaining(['Haut-Commissariat au Plan', 'Tourisme', 'anonymisées']))
    })
  })
})
