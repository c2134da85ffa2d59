// Datasets that may be what somebody asks for, while he writes the title. The server makes the list; without this script a button asks for it.
const title = document.getElementById('title')
const place = document.getElementById('suggested')
const from = document.getElementById('suggestions')?.dataset.from
if (title && place && from) {
  let waiting
  let asked = ''
  title.addEventListener('input', () => {
    clearTimeout(waiting)
    waiting = setTimeout(async () => {
      const text = title.value.trim()
      if (text.length < 3 || text === asked) return
      asked = text
      const answer = await fetch(`${from}?${new URLSearchParams({ title: text, part: 'suggestions' })}`).catch(() => undefined)
      if (answer?.ok && asked === text) place.innerHTML = await answer.text()
    }, 400)
  })
}
document.getElementById('faults')?.focus()
