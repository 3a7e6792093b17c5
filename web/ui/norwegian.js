// Streamlit's own words in the reader's language. Streamlit has no translation, and a person who hears the page read
// aloud must not meet English in the middle of it. What people have written is never touched.

const WORDS = [
  // [Streamlit's, bokmål, nynorsk]
  ["Skip to main content", "Hopp til hovedinnholdet", "Hopp til hovudinnhaldet"],
  ["App pages", "Sider", "Sider"],
  ["Sidebar", "Sidemeny", "Sidemeny"],
  ["Expand sidebar", "Vis sidemenyen", "Vis sidemenyen"],
  ["Collapse sidebar", "Skjul sidemenyen", "Skjul sidemenyen"],
  ["Main menu", "Hovedmeny", "Hovudmeny"],
  ["Press Enter to apply", "Trykk Enter for å lagre", "Trykk Enter for å lagre"],
  ["Press Ctrl+Enter to apply", "Trykk Ctrl+Enter for å lagre", "Trykk Ctrl+Enter for å lagre"],
  ["Press ⌘+Enter to apply", "Trykk ⌘+Enter for å lagre", "Trykk ⌘+Enter for å lagre"],
  ["Press Enter to submit form", "Trykk Enter for å sende", "Trykk Enter for å sende"],
  ["Press Ctrl+Enter to submit form", "Trykk Ctrl+Enter for å sende", "Trykk Ctrl+Enter for å sende"],
  ["Press ⌘+Enter to submit form", "Trykk ⌘+Enter for å sende", "Trykk ⌘+Enter for å sende"],
  ["(required)", "(må fylles ut)", "(må fyllast ut)"],
  ["This field is required.", "Svar her.", "Svar her."],
  ["Invalid input.", "Dette kan ikke brukes her.", "Dette kan ikkje brukast her."],
  ["Show password", "Vis passordet", "Vis passordet"],
  ["Hide password", "Skjul passordet", "Skjul passordet"],
  ["Clear entry", "Tøm feltet", "Tøm feltet"],
  ["Clear value", "Tøm feltet", "Tøm feltet"],
  ["Clear all", "Ta bort alle", "Ta bort alle"],
  ["Select all", "Velg alle", "Vel alle"],
  ["Choose an option", "Velg", "Vel"],
  ["Choose options", "Velg en eller flere", "Vel ein eller fleire"],
  ["Choose or add an option", "Velg eller skriv", "Vel eller skriv"],
  ["Choose or add options", "Velg eller skriv", "Vel eller skriv"],
  ["Add an option", "Skriv", "Skriv"],
  ["Add options", "Skriv", "Skriv"],
  ["No options to select", "Ingenting å velge mellom", "Ingenting å velje mellom"],
  ["No options to select.", "Ingenting å velge mellom.", "Ingenting å velje mellom."],
  ["No results", "Ingen treff", "Ingen treff"],
  ["Open", "Åpne", "Opne"],
  ["Selectbox", "Valg", "Val"],
  ["Selectbox options", "Det du kan velge mellom", "Det du kan velje mellom"],
  ["Multiselect", "Valg", "Val"],
  ["Multiselect options", "Det du kan velge mellom", "Det du kan velje mellom"],
  ["Choose date", "Velg dato", "Vel dato"],
  ["Choose date range", "Velg fra dato og til dato", "Vel frå dato og til dato"],
  ["Clear date", "Ta bort datoen", "Ta bort datoen"],
  ["Clear dates", "Ta bort datoene", "Ta bort datoane"],
  ["Hours must be 0–23.", "Timer er fra 0 til 23.", "Timar er frå 0 til 23."],
  ["Minutes must be 0–59.", "Minutter er fra 0 til 59.", "Minutt er frå 0 til 59."],
  ["Close", "Lukk", "Lukk"],
  ["Dismiss", "Lukk", "Lukk"],
  ["Close fullscreen", "Lukk fullskjerm", "Lukk fullskjerm"],
  ["Cancel", "Avbryt", "Avbryt"],
  ["Try again", "Prøv igjen", "Prøv igjen"],
  ["Retry", "Prøv igjen", "Prøv igjen"],
  ["View less", "Vis mindre", "Vis mindre"],
  ["Copy", "Kopier", "Kopier"],
  ["Copied", "Kopiert", "Kopiert"],
  ["Link to heading", "Lenke til overskriften", "Lenkje til overskrifta"],
  ["(opens in new tab)", "(åpnes i ny fane)", "(blir opna i ny fane)"],
  ["Notifications", "Meldinger", "Meldingar"],
  ["Running...", "Henter …", "Hentar …"],
  ["Stopping...", "Stopper …", "Stoppar …"],
  ["Stop", "Stopp", "Stopp"],
  ["Rerun", "Last på nytt", "Last på nytt"],
  ["Connection error", "Ingen kontakt med serveren", "Ingen kontakt med serveren"],
  ["Network error", "Ingen kontakt med serveren", "Ingen kontakt med serveren"],
  [
    "Streamlit server is not responding. Are you connected to the internet?",
    "Serveren svarer ikke. Er du koblet til nettet?",
    "Serveren svarer ikkje. Er du kopla til nettet?",
  ],
  [
    "Connection lost. Please wait for the app to reconnect, then try again.",
    "Forbindelsen er brutt. Vent til den er tilbake, og prøv igjen.",
    "Sambandet er brote. Vent til det er tilbake, og prøv igjen.",
  ],
  ["Connection timed out.", "Serveren brukte for lang tid på å svare.", "Serveren brukte for lang tid på å svare."],
  ["Reconnected to server.", "Forbindelsen er tilbake.", "Sambandet er tilbake."],
  ["Page not found", "Siden finnes ikke", "Sida finst ikkje"],
  [
    "The page that you have requested does not seem to exist. Running the app's main page.",
    "Siden du spurte etter, finnes ikke. Her er forsiden.",
    "Sida du spurde etter, finst ikkje. Her er framsida.",
  ],
];

const ATTRIBUTES = ["aria-label", "title", "placeholder"];
const PEOPLES_WORDS = ".stHtml, .stText, .stMarkdown, .stTable, textarea, [role=option], [data-testid=stMultiSelectTag]";
const COLUMN = { nb: 1, nn: 2 };
// A word may stand here in either language already, when the reader changes her mind.
const ROWS = new Map(WORDS.flatMap((row) => row.map((word) => [word, row])));

const root = document.documentElement;
const spoken = (word) => ROWS.get(word)?.[COLUMN[root.lang] ?? 1];

function sayText(node) {
  const word = node.data.trim();
  const said = word && spoken(word);
  if (said && said !== word && !node.parentElement?.closest(PEOPLES_WORDS)) node.data = node.data.replace(word, () => said);
}

function sayAttributes(element) {
  for (const name of ATTRIBUTES) {
    const word = element.getAttribute(name);
    const said = word && spoken(word);
    if (said && said !== word && !element.closest(".stHtml")) element.setAttribute(name, said);
  }
}

function sayAll(node) {
  if (node.nodeType === Node.TEXT_NODE) sayText(node);
  if (node.nodeType !== Node.ELEMENT_NODE) return;
  const walker = document.createTreeWalker(node, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT);
  for (let one = walker.currentNode; one; one = walker.nextNode()) {
    if (one.nodeType === Node.TEXT_NODE) sayText(one);
    else sayAttributes(one);
  }
}

function keepLanguage() {
  const wanted = document.querySelector("[data-bti-lang]")?.dataset.btiLang;
  if (!(wanted in COLUMN) || wanted === root.lang) return;
  root.lang = wanted;
  sayAll(document.body);
}

new MutationObserver((changes) => {
  keepLanguage();
  for (const change of changes) {
    if (change.type === "childList") change.addedNodes.forEach(sayAll);
    else if (change.type === "characterData") sayText(change.target);
    else sayAttributes(change.target);
  }
}).observe(root, {
  subtree: true,
  childList: true,
  characterData: true,
  attributeFilter: [...ATTRIBUTES, "data-bti-lang"],
});
