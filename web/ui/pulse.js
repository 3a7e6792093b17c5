// Asks the server every few seconds: still signed in, may this person still see the case, is there anything new? When
// the answer is no, nothing of the case stays on the screen. It is not counted as the person doing something.

const EVERY = 5000;
const LONGEST_WAIT = 4000;
const SAID = {
  nb: {
    signedOut: "Du er logget ut. Logg inn for å fortsette der du var.",
    signIn: "Logg inn",
    closed: "Denne stafettloggen er ikke åpen for deg lenger.",
    home: "Til sakene mine",
    unsaved: "Ikke lagret – prøver igjen",
  },
  nn: {
    signedOut: "Du er logga ut. Logg inn for å halde fram der du var.",
    signIn: "Logg inn",
    closed: "Denne stafettloggen er ikkje open for deg lenger.",
    home: "Til sakene mine",
    unsaved: "Ikkje lagra – prøver igjen",
  },
};
const said = () => SAID[document.documentElement.lang] ?? SAID.nb;
const shown = () => document.querySelector("[data-bti-case]");

let timer;
let pressedFor;
let over = false;
let serverAnswers = true;
let connected = true;
let everConnected = false;

function element(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

// The whole body goes, not only what we drew: Streamlit puts dialogs and menus beside its own root.
function clear(sentence, word, address) {
  over = true;
  clearTimeout(timer);
  const main = element("main", "bti-closed", "");
  const link = element("a", "", word);
  link.href = address;
  main.append(element("p", "", sentence), link);
  main.setAttribute("role", "alert");
  document.title = "BTI";
  document.body.replaceChildren(main);
}

function signedOut() {
  const next = encodeURIComponent(location.pathname + location.search);
  clear(said().signedOut, said().signIn, `/logg-inn?next=${next}`);
}

const app = () => document.querySelector("[data-testid=stApp]")?.dataset ?? {};

// While the server is at work, what it writes may be this person's own, and end on another page. A press then would call
// her back to the page she left.
const isResting = () => app().testScriptState === "notRunning";

// The button is drawn last, so it may not be there yet; then the next pulse presses it.
function rerun() {
  const button = document.querySelector(".st-key-pulse button");
  button?.click();
  return Boolean(button);
}

function showContact() {
  const notice = document.querySelector(".bti-unsaved");
  if (serverAnswers && connected) notice?.remove();
  else if (!notice && !over) {
    const made = element("p", "bti-unsaved", said().unsaved);
    made.setAttribute("role", "status");
    document.body.append(made);
  }
}

async function ask() {
  clearTimeout(timer);
  const page = shown();
  if (page) await askAbout(page.dataset.btiCase);
  if (!over) timer = setTimeout(ask, EVERY);
}

async function askAbout(which) {
  try {
    const query = new URLSearchParams({ sak: which, v: shown().dataset.btiVersion ?? "" });
    const answer = await fetch(`/bti/puls?${query}`, { cache: "no-store", signal: AbortSignal.timeout(LONGEST_WAIT) });
    serverAnswers = answer.status < 500;
    showContact();
    if (answer.status === 401) return signedOut();
    const page = shown();
    if (page?.dataset.btiCase !== which) return; // the person has gone on meanwhile
    if (answer.status === 404) return clear(said().closed, said().home, "/");
    if (!answer.ok) return;
    const { v } = await answer.json();
    const isNews = v !== (page.dataset.btiVersion ?? "") && v !== pressedFor;
    if (isNews && isResting() && rerun()) pressedFor = v;
  } catch {
    serverAnswers = false;
    showContact();
  }
}

// Streamlit says on its own element whether it has contact. Back again, one rerun delivers what was typed meanwhile.
function watchContact() {
  const state = app().testConnectionState;
  if (!state || over) return;
  const now = state === "CONNECTED";
  if (now === connected && everConnected) return;
  if (now && everConnected) rerun();
  everConnected ||= now;
  connected = now || !everConnected;
  showContact();
}

new MutationObserver(watchContact).observe(document.documentElement, {
  subtree: true,
  childList: true,
  attributeFilter: ["data-test-connection-state"],
});
document.addEventListener("visibilitychange", () => document.hidden || over || ask());
ask();

// Signing out is a form of its own, so that no link or prefetch does it. In the app it looks like a link.
document.addEventListener(
  "click",
  (event) => {
    if (!event.target.closest?.('a[href$="/logg-ut"]')) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const form = element("form", "", "");
    form.method = "post";
    form.action = "/logg-ut";
    document.body.append(form);
    form.submit();
  },
  true,
);
