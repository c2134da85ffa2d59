// Puts the query editor in the place of the plain form; the form stays where scripts are off.
const host = document.getElementById('editor')
const plain = document.getElementById('query')

if (host && plain && window.Yasgui) {
  const run = host.dataset.run === 'yes'
  const query = plain.value
  const endpoint = plain.form.action
  host.replaceChildren()
  // Completions that would ask other sites for prefixes and properties are left out.
  window.Yasgui.Yasqe.defaults.autocompleters = ['variables']
  const yasgui = new window.Yasgui(host, {
    requestConfig: { endpoint, method: 'POST' },
    copyEndpointOnNewTab: false,
    persistenceId: null,
    yasqe: { createShareableLink: null, persistenceId: null, resizeable: true },
  })
  const tab = yasgui.getTab()
  const ask = text => {
    tab.setQuery(text)
    tab.query()
  }
  tab.setEndpoint(endpoint)
  tab.setQuery(query)
  if (run) tab.query()
  for (const link of document.querySelectorAll('[data-query]')) {
    link.addEventListener('click', event => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return
      event.preventDefault()
      history.replaceState(null, '', link.href)
      ask(link.dataset.query)
      host.scrollIntoView({ block: 'start' })
    })
  }
}
