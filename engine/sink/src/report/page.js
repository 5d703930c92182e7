"use strict";
// Makes the listings sortable and filterable, and the documents searchable. Without it the page is whole: plain tables, documents to unfold.
(() => {
  const collator = new Intl.Collator(["de", "en"], { numeric: true, sensitivity: "base" });
  const make = (name, text) => {
    const element = document.createElement(name);
    if (text) element.textContent = text;
    return element;
  };
  const labelled = (text, field) => {
    const label = make("label", text + " ");
    label.append(field);
    return label;
  };
  const words = (field) => field.value.toLowerCase().split(/\s+/).filter(Boolean);

  const value = (row, column) => {
    const cell = row.cells[column];
    return cell.dataset.value ?? cell.textContent.trim();
  };

  const sortBy = (table, head, column) => {
    const down = head.getAttribute("aria-sort") === "ascending";
    for (const other of table.tHead.rows[0].cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", down ? "descending" : "ascending");
    const body = table.tBodies[0];
    const rows = Array.from(body.rows, (row) => [value(row, column), row]);
    // Empty cells stay last in both directions; sorting is stable.
    rows.sort(([a], [b]) => (a === "") - (b === "") || (down ? collator.compare(b, a) : collator.compare(a, b)));
    body.append(...rows.map(([, row]) => row));
  };

  const addTools = (section) => {
    const table = section.querySelector("table");
    if (!table) return;
    const rows = Array.from(table.tBodies[0].rows);
    const heads = Array.from(table.tHead.rows[0].cells);
    const tools = make("div");
    tools.className = "tools";
    const search = make("input");
    search.type = "search";
    tools.append(labelled("Filter", search));
    const choices = [];
    heads.forEach((head, column) => {
      const name = head.textContent;
      const button = make("button", name);
      button.type = "button";
      button.addEventListener("click", () => sortBy(table, head, column));
      head.replaceChildren(button);
      if (!head.hasAttribute("data-choice")) return;
      const values = [...new Set(rows.map((row) => row.cells[column].textContent))].sort(collator.compare);
      if (values.length < 2 || values.length > 200) return;
      const select = make("select");
      select.append(new Option("all", "*"), ...values.map((text) => new Option(text || "(not stated)", "=" + text)));
      choices.push([select, column]);
      tools.append(labelled(name, select));
    });
    const shown = make("output");
    tools.append(shown);
    const filter = () => {
      const wanted = words(search);
      let n = 0;
      for (const row of rows) {
        const text = row.textContent.toLowerCase();
        const fits = wanted.every((word) => text.includes(word)) &&
          choices.every(([select, column]) => select.value === "*" || select.value.slice(1) === row.cells[column].textContent);
        row.hidden = !fits;
        n += fits;
      }
      shown.textContent = n + " of " + rows.length + " rows";
    };
    tools.addEventListener("input", filter);
    filter();
    section.insertBefore(tools, section.querySelector(".scroll"));
  };

  const addDocumentTools = () => {
    const list = document.getElementById("document-list");
    const all = Array.from(list.children);
    if (all.length === 0) return;
    const tools = make("div");
    tools.className = "tools";
    const search = make("input");
    search.type = "search";
    const shown = make("output");
    const filter = () => {
      const wanted = words(search);
      let n = 0;
      for (const one of all) {
        const text = wanted.length ? one.textContent.toLowerCase() : "";
        one.hidden = !wanted.every((word) => text.includes(word));
        n += !one.hidden;
      }
      shown.textContent = n + " of " + all.length + " documents";
    };
    search.addEventListener("input", filter);
    tools.append(labelled("Search in names, texts and rows", search));
    for (const [text, open] of [["Open all", true], ["Close all", false]]) {
      const button = make("button", text);
      button.type = "button";
      button.addEventListener("click", () => all.forEach((one) => { if (!one.hidden) one.open = open; }));
      tools.append(button);
    }
    tools.append(shown);
    filter();
    list.before(tools);
  };

  // A link into a document unfolds it, also where the browser would not, and where a search had hidden it.
  const reveal = () => {
    const name = location.hash.slice(1);
    // A mention beyond the part of a long text that is shown has no place: its document has.
    const exact = document.getElementById(name);
    const target = exact ?? document.getElementById(name.replace(/m\d+$/, ""));
    const one = target && target.closest("details");
    if (!one || (exact && one.open && !one.hidden)) return;
    one.hidden = false;
    one.open = true;
    target.scrollIntoView({ block: "center" });
  };

  document.querySelectorAll("section.listing").forEach(addTools);
  addDocumentTools();
  window.addEventListener("hashchange", reveal);
  reveal();
})();
