// The typst page of every paper: GB/T 9704-2012's body layout without a red header. A4; margins 37 top, 28 binding side, 26, 35 mm; 22 lines of 28
// characters at 3号 (16 pt); title 2号 (22 pt); page numbers 4号 between dashes, 7 mm below the text, at the outer side. What is written comes in as
// JSON through sys.inputs and is only ever set as text: nothing of it is evaluated, so no wording can be markup.

/** Licensed or system fonts where they are there, the packaged song face where they are not. */
export const pageTemplate = String.raw`
#let doc = json(bytes(sys.inputs.doc))
#let song = ("FangSong_GB2312", "FangSong", "STFangsong", "Noto Serif SC")
#let hei = ("SimHei", "STHeiti", "Noto Serif SC")
#let kai = ("KaiTi_GB2312", "KaiTi", "STKaiti", "Noto Serif SC")
#let titles = ("FZXiaoBiaoSong-B05S", "Noto Serif SC")
#let chinese = doc.lang != "en"
#let pitch = 28.95pt

#set document(title: doc.title)
#set page(
  paper: "a4",
  flipped: doc.landscape,
  margin: if doc.landscape { (top: 24mm, bottom: 22mm, left: 20mm, right: 20mm) } else { (top: 37mm, bottom: 35mm, left: 28mm, right: 26mm) },
  footer-descent: 7mm,
  footer: context {
    let n = counter(page).get().first()
    set text(font: "Noto Serif SC", size: 14pt)
    align(if calc.odd(n) { right } else { left }, h(1em) + "— " + str(n) + " —" + h(1em))
  },
)
#set text(font: song, size: 16pt, lang: if chinese { "zh" } else { "en" }, region: if chinese { "cn" } else { "gb" }, tracking: if chinese { -0.215pt } else { 0pt }, top-edge: 0.8em, bottom-edge: -0.2em, cjk-latin-spacing: none, costs: (orphan: 0%, widow: 0%))
#set par(leading: pitch - 16pt, spacing: pitch - 16pt, justify: true, linebreaks: "simple")

// A masked name stays on one line.
#show regex("\p{Han}\*+"): it => box(baseline: 0.2em, it)
#let words(runs) = for run in runs {
  let piece = run.text
  let set-piece = if run.at("bold", default: false) { text(weight: "bold", piece) } else { text(piece) }
  if run.at("italic", default: false) { text(font: kai, set-piece) } else { set-piece }
}
#let cell(t) = {
  set text(size: 12pt, tracking: 0pt)
  set par(leading: 6pt, justify: false, first-line-indent: 0pt)
  text(t)
}
#let table-of(it) = {
  let figures = it.at("figures", default: ())
  // At least this high, and higher where a cell has two lines.
  let room = it.at("rowMm", default: none)
  let tall(t) = if room == none { t } else { grid(columns: (auto, 0pt), align: horizon, t, v(room * 1mm - 12pt)) }
  v(2pt)
  table(
    columns: it.widths.map(w => w * 1fr),
    stroke: 0.5pt + black,
    inset: (x: 4pt, y: 6pt),
    align: (x, y) => (if figures.contains(x) { right } else { left }) + horizon,
    table.header(..it.heads.map(h => text(weight: "bold", cell(h)))),
    ..it.rows.map(row => row.enumerate().map(((n, t)) => table.cell(breakable: false, if n == 0 { tall(cell(t)) } else { cell(t) }))).flatten(),
  )
  v(2pt)
}
#let signatures-of(it) = {
  v(16pt)
  grid(
    columns: (1fr,) * 3,
    column-gutter: 8mm,
    row-gutter: 8mm,
    ..it.cells.map(c => block(breakable: false, width: 100%, {
      line(length: 100%, stroke: 0.5pt)
      set par(leading: 5pt, spacing: 5pt, justify: false, first-line-indent: 0pt)
      v(-6pt)
      if c.at("image", default: none) != none {
        image(bytes(c.image), format: "png", height: 11mm)
      } else {
        block(height: 11mm, align(horizon, text(font: kai, size: 17pt, tracking: 0pt, c.name)))
      }
      text(size: 11pt, tracking: 0pt, c.under)
    })),
  )
}

#if doc.above != none { align(left, text(size: 12pt, tracking: 0pt, doc.above)) }
#if doc.title != "" {
  if not doc.landscape { v(pitch / 2, weak: false) }
  align(center, par(leading: 12pt, justify: false, text(font: titles, weight: "bold", size: 22pt, tracking: 0pt, doc.title)))
  v(if doc.landscape { 2pt } else { pitch / 2 })
}
#for it in doc.blocks {
  if it.kind == "heading" {
    let face = if it.level == 1 { hei } else if it.level == 2 { kai } else { song }
    let weight = if it.level == 1 { "bold" } else if it.level == 2 { "semibold" } else { "regular" }
    block(sticky: true, par(first-line-indent: (amount: if chinese { 2em } else { 0em }, all: true), text(font: face, weight: weight, it.text)))
  } else if it.kind == "paragraph" {
    let side = it.at("align", default: "left")
    let indent = if it.at("indent", default: false) { if chinese { 2em } else { 1.2em } } else { 0em }
    let made = par(first-line-indent: (amount: indent, all: true), words(it.runs))
    if side == "center" { align(center, made) } else if side == "right" { align(right, made) } else { made }
  } else if it.kind == "named" {
    par(hanging-indent: 3em, text(font: hei, weight: "bold", it.label) + text(it.text))
  } else if it.kind == "list" {
    let marks = it.items.enumerate().map(((n, _)) => if it.ordered { str(n + 1) + "." } else { "·" })
    for (n, item) in it.items.enumerate() {
      grid(columns: (if chinese { 3.2em } else { 2em }, 1fr), align(right, text(marks.at(n)) + h(0.4em)), par(words(item)))
    }
  } else if it.kind == "table" { table-of(it) } else if it.kind == "signatures" { signatures-of(it) } else if it.kind == "code" {
    block(breakable: false, grid(columns: (30mm, 1fr), column-gutter: 6mm, image(bytes(it.svg), format: "svg", width: 30mm), align(horizon, cell(it.text))))
  } else if it.kind == "picture" {
    block(breakable: false, width: 100%, align(center, stack(
      spacing: 4pt,
      image(it.file, format: it.format, width: it.widthMm * 1mm),
      text(size: 11pt, tracking: 0pt, it.text),
    )))
  } else if it.kind == "small" {
    par(leading: 6pt, justify: false, text(size: 11pt, tracking: 0pt, it.text))
  } else if it.kind == "break" { pagebreak(weak: true) }
}
#if doc.closing.len() > 0 {
  v(pitch / 2)
  for line in doc.closing { align(right, text(line) + h(2em)) }
}
`;
