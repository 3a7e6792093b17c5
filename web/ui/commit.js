// Says to the server what is being typed, a short pause after the last key. Streamlit itself waits until the person
// leaves the field, and a reload before that would lose the text. Focus and caret stay where they are. Until the server
// has answered, the browser asks before the page is left.

const PAUSE = 800;
const WHEN_CLOSED = 1000;
const FIELDS = ".stTextArea textarea, .stTextInput input";
const DATE = ".stDateInput";
const PART_OF_A_DATE = `${DATE} [role=spinbutton]`;
const FIRST_YEAR = 1900; // a year that is half typed is not a year yet
const IN_A_FORM = "[data-testid=stForm]"; // there, Enter would send the whole form
const waiting = new Map();

function enter(field) {
  const key = { key: "Enter", code: "Enter", keyCode: 13, which: 13, bubbles: true, cancelable: true };
  field.dispatchEvent(new KeyboardEvent("keydown", { ...key, ctrlKey: field.tagName === "TEXTAREA" }));
}

// A date is taken when the person leaves it. It is told so once it is whole, and forgets nothing of what is typed.
function leaveDate(date) {
  const parts = [...date.querySelectorAll("[role=spinbutton]")];
  const year = parts.find((part) => part.dataset.type === "year");
  const whole = parts.every((part) => part.dataset.placeholder === undefined);
  if (!whole || Number(year?.getAttribute("aria-valuenow")) < FIRST_YEAR) return;
  parts[0].dispatchEvent(new FocusEvent("focusout", { bubbles: true, relatedTarget: document.body }));
}

const isDisabled = (field) => field.disabled || field.querySelector("[data-disabled]");

function commit(field) {
  waiting.delete(field);
  if (!field.isConnected) return;
  if (isDisabled(field)) return later(field, WHEN_CLOSED); // no contact with the server just now
  unanswered = true;
  if (field.matches(DATE)) leaveDate(field);
  else enter(field);
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

function typedInDate(event) {
  const date = event.isTrusted && event.target.closest?.(PART_OF_A_DATE)?.closest(DATE);
  if (date && !date.closest(IN_A_FORM) && /^(\d|Arrow(Up|Down)|Page(Up|Down))$/.test(event.key)) later(date, PAUSE);
}

document.addEventListener("input", typed, true);
document.addEventListener("compositionend", typed, true);
document.addEventListener("keydown", typedInDate, true);

// What has been said to the server and not answered. Streamlit says on its own element how far it has come.
let unanswered = false;
const app = () => document.querySelector("[data-testid=stApp]")?.dataset ?? {};
const isAnswered = () => app().testScriptState === "notRunning" && app().testConnectionState === "CONNECTED";

new MutationObserver(() => {
  if (unanswered && isAnswered()) unanswered = false;
}).observe(document.documentElement, {
  subtree: true,
  attributeFilter: ["data-test-script-state", "data-test-connection-state"],
});

window.addEventListener("beforeunload", (event) => {
  const isTyping = [...waiting.keys()].some((field) => field.isConnected);
  const isSaying = unanswered && app().testScriptState && !isAnswered();
  if (isTyping || isSaying) event.preventDefault();
});

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
