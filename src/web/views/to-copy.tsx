/** A line that people take with them: it is chosen whole by a click or a key, without any script. */
export function ToCopy({ label, text }: { label: string; text: string }) {
  return (
    <label class="to-copy">
      <span>{label}</span>
      <input type="text" readonly value={text} dir="ltr" />
    </label>
  )
}
