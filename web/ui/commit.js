// Says to the server what is being typed, a short pause after the last key. Streamlit itself waits until the person
// leaves the field, and a reload before that would lose the text. Focus and caret stay where they are.

const PAUSE = 800;
const WHEN_CLOSED = 1000;
const FIELDS = ".stTextArea textarea, .stTextInput input";
const IN_A_FORM = "[data-testid=stForm]"; // there, Enter would send the whole form
const waiting = new WeakMap();

function commit(field) {
  waiting.delete(field);
  if (!field.isConnected) return;
  if (field.disabled) return later(field, WHEN_CLOSED); // no contact with the server just now
  const enter = { key: "Enter", code: "Enter", keyCode: 13, which: 13, bubbles: true, cancelable: true };
  field.dispatchEvent(new KeyboardEvent("keydown", { ...enter, ctrlKey: field.tagName === "TEXTAREA" }));
}

function later(field, pause) {
  clearTimeout(waiting.get(field));
  waiting.set(field, setTimeout(commit, pause, field));
}

function typed(event) {
  const field = event.target;
  if (event.isComposing || !field.matches?.(FIELDS) || field.closest(IN_A_FORM)) return;
  later(field, PAUSE);
}

document.addEventListener("input", typed, true);
document.addEventListener("compositionend", typed, true);

// Streamlit reruns the page when r is pressed anywhere, and clears caches at c. Someone who steers by voice or types
// beside a field would lose her place.
const WHERE_KEYS_ARE_TYPED = "input, textarea, select, [contenteditable], [role=listbox], [role=combobox], [role=menu]";

window.addEventListener(
  "keydown",
  (event) => {
    const alone = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (alone && /^[rc]$/i.test(event.key) && !event.target.closest?.(WHERE_KEYS_ARE_TYPED)) {
      event.stopImmediatePropagation();
    }
  },
  true,
);
