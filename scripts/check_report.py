#!/usr/bin/env python3
"""Opens a page of `befund report` in headless Chromium and tries it as a person would. Not part of cargo test: it needs a browser.

    befund extract datasets/samples --out out --found-by rules && befund report out --out report.html
    pip install playwright && apt-get install chromium      # any Chromium will do: --chromium PATH
    scripts/check_report.py report.html --texts datasets/samples --screenshots shots

It checks that the console is free of errors and nothing is loaded; that every listing sorts both ways and filters; that a link into a closed
document unfolds it; that the texts on the page are those of the files in --texts, character by character; that nothing is wider than the
window; and that the page is whole without scripts and in print. Prints one line a check and ends with code 1 if one failed.
"""

import argparse
import shutil
import sys
from pathlib import Path

from playwright.sync_api import sync_playwright

FAILED = []


def check(claim, holds, detail=""):
    print(f"{'ok    ' if holds else 'FAILED'} {claim}{': ' + str(detail) if detail and not holds else ''}")
    if not holds:
        FAILED.append(claim)


# The sort order of the page's script, once more: empty cells last, numbers inside texts by value.
IN_ORDER = """([section, column, down]) => {
    const collator = new Intl.Collator(["de", "en"], { numeric: true, sensitivity: "base" });
    const cells = [...document.querySelectorAll(`#${section} tbody tr`)].map((row) => row.cells[column]);
    const values = cells.map((cell) => cell.dataset.value ?? cell.textContent.trim());
    const full = values.filter((value) => value !== "");
    const sorted = full.every((value, at) => at === 0 || (down ? -1 : 1) * collator.compare(full[at - 1], value) <= 0);
    return sorted && values.slice(full.length).every((value) => value === "");
}"""


def check_listing(page, section):
    heads = page.locator(f"#{section} thead th")
    for column in range(heads.count()):
        for down in (False, True):
            heads.nth(column).locator("button").click()
            wanted = "descending" if down else "ascending"
            name = heads.nth(column).inner_text()
            check(f"{section}: column {name!r} sorts {wanted}",
                  page.evaluate(IN_ORDER, [section, column, down]) and heads.nth(column).get_attribute("aria-sort") == wanted)
    rows = page.locator(f"#{section} tbody tr")
    n_all = rows.count()
    word = rows.first.locator("td").first.inner_text().split()[:1]
    word = word[0] if word else rows.first.locator("th").inner_text()
    search = page.locator(f"#{section} .tools input")
    search.fill(word)
    visible = page.locator(f"#{section} tbody tr:not([hidden])")
    texts = visible.all_text_contents()
    check(f"{section}: the filter {word!r} leaves the rows that hold it",
          0 < len(texts) <= n_all and all(word.lower() in text.lower() for text in texts), texts[:3])
    search.fill("no row holds this")
    check(f"{section}: a filter that fits nothing leaves nothing", visible.count() == 0)
    search.fill("")
    for index in range(page.locator(f"#{section} .tools select").count()):
        select = page.locator(f"#{section} .tools select").nth(index)
        values = select.locator("option").all_inner_texts()
        counts = []
        for at in range(1, len(values)):
            select.select_option(index=at)
            counts.append(visible.count())
        select.select_option(index=0)
        check(f"{section}: the choices of list {index + 1} part the rows", sum(counts) == n_all and all(counts), counts)
    check(f"{section}: without a filter all rows are there", visible.count() == n_all)


def check_documents(page, texts):
    documents = page.locator("details.document")
    n = documents.count()
    if n == 0:
        return
    page.get_by_role("button", name="Close all").click()
    check("all documents close", page.locator("details.document[open]").count() == 0)
    link = page.locator("section.listing tbody th a").last
    if link.count():
        target = link.get_attribute("href")[1:]
        link.click()
        page.wait_for_timeout(300)
        check("a link of a listing unfolds its document and goes to the mention",
              page.evaluate("id => document.getElementById(id).checkVisibility()", target), target)
    page.get_by_role("button", name="Open all").click()
    check("all documents open", page.locator("details.document[open]").count() == n)
    if texts:
        files = {path.relative_to(texts).with_suffix("").as_posix(): path for path in texts.rglob("*.txt")}
        compared = 0
        for name, shown in page.evaluate(
            "() => [...document.querySelectorAll('details.document')].map((one) => "
            "[one.querySelector('summary b').textContent, one.querySelector('.text')?.textContent ?? null])"
        ):
            if name in files and shown is not None:
                compared += 1
                written = files[name].read_bytes().decode().replace("\r\n", "\n")
                check(f"the text of {name} is that of its file", shown == written)
        check(f"texts were compared: {compared}", compared > 0)
    dangling = page.evaluate(
        "() => [...document.querySelectorAll('a[href^=\"#\"]')].map((a) => a.getAttribute('href').slice(1))"
        ".filter((id) => !document.getElementById(id))"
    )
    check("no link leads nowhere", not dangling, dangling[:5])


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("report", type=Path)
    parser.add_argument("--texts", type=Path, help="folder of .txt files that the dataset was made from")
    parser.add_argument("--screenshots", type=Path, help="folder for pictures and a PDF")
    parser.add_argument("--chromium", default=shutil.which("chromium") or shutil.which("google-chrome"))
    args = parser.parse_args()
    address = args.report.resolve().as_uri()
    said, loaded = [], []
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=args.chromium, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1360, "height": 900})
        page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: loaded.append(request.url))
        page.goto(address)
        shots = args.screenshots
        if shots:
            shots.mkdir(parents=True, exist_ok=True)
            page.screenshot(path=shots / "top.png")
            for place in ("figures", "findings", "statements", "medications", "documents"):
                page.locator(f"#{place}").scroll_into_view_if_needed()
                page.evaluate("id => document.getElementById(id).scrollIntoView()", place)
                page.screenshot(path=shots / f"{place}.png")
        for section in page.locator("section.listing:has(table)").evaluate_all("all => all.map((one) => one.id)"):
            check_listing(page, section)
        check_documents(page, args.texts)
        for width in (1360, 800, 420):
            page.set_viewport_size({"width": width, "height": 900})
            wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
            check(f"nothing is wider than a window of {width}", wide <= 0, wide)
            if shots and width == 420:
                page.evaluate("document.querySelector('details.document')?.scrollIntoView()")
                page.screenshot(path=shots / "narrow.png")
        page.set_viewport_size({"width": 1360, "height": 900})
        page.get_by_role("button", name="Close all").click() if page.locator("details.document").count() else None
        page.locator("details.document summary").first.click() if page.locator("details.document").count() else None
        if shots:
            page.pdf(path=shots / "print.pdf", format="A4", print_background=False)
        check("the console is free of errors and warnings", not said, said[:5])
        check("nothing but the page was loaded", set(loaded) == {address}, loaded[:5])
        page.evaluate("document.body.insertAdjacentHTML('beforeend', '<img src=x onerror=\"window.ran = 1\">')")
        page.wait_for_timeout(200)
        check("the policy of the page stops a script that is not its own", page.evaluate("window.ran === undefined"))
        plain = browser.new_context(java_script_enabled=False, viewport={"width": 1360, "height": 900}).new_page()
        plain.goto(address)
        check("without scripts the tables are there and no tool pretends to work",
              plain.locator("section.listing table").count() > 0 and plain.locator(".tools").count() == 0)
        if shots:
            plain.screenshot(path=shots / "plain.png")
        browser.close()
    print(f"{len(FAILED)} checks failed" if FAILED else "all checks hold")
    return 1 if FAILED else 0


if __name__ == "__main__":
    sys.exit(main())
