// The screen is locked when nobody has touched it for a while, or at one press: nothing of the case is left on the page,
// the sign-in is over in every tab, and what was typed waits as a draft. It is the desk that is left, not the work.

const LOOK_EVERY = 1000;
const TELL_OTHER_TABS_EVERY = 5000;
const LAST_WORDS = 1000; // what was typed just now is on its way to the server
const TRY_AGAIN = 2000;
const TOUCHES = ["keydown", "pointerdown", "pointermove", "wheel", "touchstart"];
const ACTIVE = "bti-active"; // a moment, shared by the tabs of this browser; nothing else is kept here
const SAID = { nb: "Skjermen er låst.", nn: "Skjermen er låst." };

let touched = Date.now();
let told = 0;
let locked = false;

function touch() {
  touched = Date.now();
  if (touched - told < TELL_OTHER_TABS_EVERY) return;
  told = touched;
  localStorage.setItem(ACTIVE, String(touched));
}

function look() {
  const minutes = Number(document.querySelector("[data-bti-lock]")?.dataset.btiLock);
  const last = Math.max(touched, Number(localStorage.getItem(ACTIVE)));
  if (minutes && Date.now() - last > minutes * 60_000) lock();
}

async function lock() {
  if (locked) return;
  locked = true;
  const next = encodeURIComponent(location.pathname + location.search);
  document.activeElement?.blur();
  const main = document.createElement("main");
  main.className = "bti-closed";
  main.setAttribute("role", "alert");
  main.textContent = SAID[document.documentElement.lang] ?? SAID.nb;
  document.title = "BTI";
  document.body.replaceChildren(main);
  await pause(LAST_WORDS);
  while (!(await signedOut())) await pause(TRY_AGAIN);
  location.replace(`/logg-inn?next=${next}`);
}

const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds));

async function signedOut() {
  try {
    const answer = await fetch("/logg-ut", { method: "POST", redirect: "manual", cache: "no-store" });
    return answer.type === "opaqueredirect" || answer.ok;
  } catch {
    return false; // no contact: the page stays empty, and it is tried until the sign-in is over
  }
}

for (const kind of TOUCHES) document.addEventListener(kind, touch, { capture: true, passive: true });
document.addEventListener("visibilitychange", look);
setInterval(look, LOOK_EVERY);
touch();

document.addEventListener(
  "click",
  (event) => {
    if (!event.target.closest?.("a.bti-lock")) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    lock();
  },
  true,
);
