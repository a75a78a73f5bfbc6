// The page itself: panels are made when they come near, a bar of commands, present mode, printing.

const making = new Map();
const makePart = (box) => {
  if (!making.has(box)) making.set(box, (async () => {
    const part = await unpack(box.querySelector("script").textContent);
    box.replaceChildren();
    try {
      await make(box, part);
    } catch (error) {
      said(box).textContent = `This part could not be shown (${error.message}). Load the page anew.`;
      console.error(error);
    }
  })());
  return making.get(box);
};
const parts = [...document.querySelectorAll(".abn-part")];
const watch = new IntersectionObserver(
  (seen) => seen.filter(({ isIntersecting }) => isIntersecting).forEach(({ target }) => {
    watch.unobserve(target);
    makePart(target);
  }),
  { rootMargin: "700px" },
);
parts.forEach((part) => watch.observe(part));
const makeAll = async () => {
  for (const part of parts) await makePart(part);
};
Object.assign(alliance, { makeAll, makePart: (place) => makePart(parts[place]), chartIn, makeElement: element });

// Present: one section a screen, arrow keys turn the page, charts fit.
const pagesOf = () => [...document.querySelectorAll(".abn-section")].filter((section) => !section.querySelector(".abn-section"));
let sections = [], at = 0;
const turn = (to) => {
  sections = pagesOf();
  at = Math.max(0, Math.min(sections.length - 1, to));
  sections.forEach((section, place) => section.classList.toggle("abn-now", place === at));
  where.textContent = `${at + 1} of ${sections.length}`;
  scrollTo(0, 0);
};
const present = (on) => {
  document.body.classList.toggle("abn-present", on);
  library.set("projector", on);
  library.save_changes();
  presenting.setAttribute("aria-pressed", on);
  sections = pagesOf();
  if (on) turn(Math.max(0, sections.findIndex((section) => section.getBoundingClientRect().bottom > 80)));
};
const bar = element("nav", "abn-bar");
bar.setAttribute("aria-label", "This page");
if (document.body.dataset.lesson) {
  document.body.prepend(bar);
  const home = element("a", "", bar, "All lessons");
  home.href = "index.html";
}
const presenting = button(bar, "Present", () => present(!document.body.classList.contains("abn-present")));
presenting.setAttribute("aria-pressed", false);
const turning = element("span", "abn-turn", bar);
button(turning, "◀ Back", () => turn(at - 1));
const where = element("span", "", turning);
button(turning, "Forward ▶", () => turn(at + 1));
if (parts.length) {
  button(bar, "Print a worksheet", async () => {
    await makeAll();
    await inTurn(async () => {});
    print();
  });
  const mine = element("details", "abn-mine", bar), box = element("div", "abn-panel");
  element("summary", "", mine, "My work");
  mine.append(box);
  mine.addEventListener("toggle", () => {
    box.replaceChildren();
    if (mine.open) workPanel(box);
  });
}
// On paper a chart that was drawn for a wider screen is made smaller, not cut.
const PAPER = 670; // pixels between the margins of a sheet
const shrink = (wanted) => document.querySelectorAll(".abn-plot").forEach((plot) => {
  plot.style.zoom = wanted && plot.clientWidth > PAPER ? PAPER / plot.clientWidth : "";
});
addEventListener("beforeprint", () => shrink(true));
addEventListener("afterprint", () => shrink(false));
addEventListener("keydown", (event) => {
  if (!document.body.classList.contains("abn-present") || event.target.closest("input, select, textarea, summary, [tabindex]")) return;
  if (["ArrowRight", "PageDown"].includes(event.key)) turn(at + 1);
  else if (["ArrowLeft", "PageUp"].includes(event.key)) turn(at - 1);
  else if (event.key === "Escape") present(false);
  else return;
  event.preventDefault();
});
