// The page of all issues: the address holds query, filters and page; this asks the worker and shows what it answers.

import { address, asked, withoutLast } from "./address.js"
import { LABELS } from "./filter-names.js"
import { draw, inWords } from "./filters.js"
import { element, hit } from "./hits.js"
import { LONGEST } from "./query.js"

const PAUSE = 20, LATE = 400, AT_FIRST = 3
// Not laid out below the screen until the whole answer stands there.
const LATER = "nb-later"
const breath = () => new Promise(resolve => setTimeout(resolve))
const ROOT = new URL("../../", import.meta.url).pathname

const find = name => document.querySelector(`[data-${name}]`)
const list = find("results"), filters = find("filters"), conditions = find("asked")
const said = find("said"), notes = find("notes"), pager = find("pager")
const box = document.querySelector(".nb-search input")

let worker = null, late = 0, presented = Promise.resolve()
// What is asked for at the moment, with the number of the question and whether its hits stand there.
let current = { run: 0 }

// Asks what the address says. The answer comes part by part; that to an earlier question is of no interest any more.
function show() {
  const question = asked()
  current = { ...question, run: current.run + 1, hasHits: false }
  list.dataset.state = "loading"
  tellAsked(current)
  clearTimeout(late)
  late = setTimeout(() => (said.textContent = "正在查找……"), LATE)
  worker ??= started()
  worker.postMessage({ run: current.run, question })
}

function started() {
  const made = new Worker(new URL("worker.js", import.meta.url), { type: "module" })
  made.addEventListener("message", ({ data }) => {
    presented = presented
      .then(() => data.run === current.run && present(data, current))
      .catch(error => fail({ message: `${error}` }))
  })
  made.addEventListener("error", () => {
    made.terminate()
    worker = null
    fail({ file: `${ROOT}assets/search/worker.js` })
  })
  return made
}

async function present({ hits, first, total, page, pages, unknown, offers, tooLong, isDone, failed }, question) {
  clearTimeout(late)
  if (failed) return fail(failed)
  if (tooLong) settle(0, "", [`要找的文字太长，最多 ${tooLong} 个字：只粘贴其中一句就可以。`])
  if (total !== undefined) {
    for (const name in unknown) delete question.chosen[name]
    showTotal({ total, page, pages, unknown }, question)
  }
  if (hits) await showHits(hits, first, question)
  if (offers) {
    tellAsked(question, offers)
    await draw(offers, question.chosen, breath)
  }
  if (!isDone || question !== current) return
  // A hit that grew when it is reached would move the link to the next page from under the pointer.
  for (const one of list.children) one.classList.remove(LATER)
  list.dataset.state = "done"
}

// On paper, which has no boxes: what was asked for and its address. Until there are `offers` filters go by their codes.
function tellAsked({ typed, chosen, page }, offers) {
  const words = [...(typed ? [`查找“${typed}”`] : []), ...inWords(offers, chosen)]
  const to = decodeURI(location.origin + address({ typed, chosen, page }))
  conditions.replaceChildren(words.join("；") || "全部问题", element("br"), to)
}

// The first few, which fill a screen, before the others: a reader need not wait for what is below.
async function showHits(hits, first, question) {
  const { typed } = question
  const made = hits.map((one, at) => hit(one, { typed, root: ROOT, isFirst: one.page.name !== hits[at - 1]?.page.name }))
  list.setAttribute("start", first)
  list.replaceChildren(...made.slice(0, AT_FIRST))
  if (made.length > AT_FIRST) await breath()
  if (question !== current) return
  const others = made.slice(AT_FIRST)
  for (const one of others) one.classList.add(LATER)
  list.append(...others)
  question.hasHits = true
  worker?.postMessage({ isShown: true })
}

function showTotal({ total, page, pages, unknown }, question) {
  const told = Object.entries(unknown).map(
    ([name, value]) => `网址中的${LABELS[name]}“${value.slice(0, 40)}”在本站没有，没有按它筛选。`,
  )
  const place = pages > 1 ? `，第 ${page} 页，共 ${pages} 页` : ""
  const words = total ? `共 ${total} ${question.typed ? "处" : "个问题"}${place}` : "没有找到"
  settle(total, words, [...told, ...(total ? [] : nothing(question))])
  const ways = [[page - 1, "上一页", "prev"], [page + 1, "下一页", "next"]].filter(([to]) => to >= 1 && to <= pages)
  pager.replaceChildren(...ways.map(([to, words, rel]) => element("a", { href: address({ ...question, page: to }), rel }, words)))
}

function settle(total, words, told) {
  if (!total) list.replaceChildren()
  pager.replaceChildren()
  said.textContent = words
  notes.replaceChildren(...told.map(one => element("p", {}, one)))
  list.dataset.total = total
}

function nothing(question) {
  const { typed } = question
  const wider = withoutLast(question)
  const where = wider ? "所选的范围里" : ""
  const words = typed ? `${where}没有一处写着“${typed.slice(0, 60)}”。` : "没有这样的问题。"
  const again = wider && element("a", { href: address(wider.question) }, `不限${LABELS[wider.name]}再找`)
  const shorter = typed && !wider && "可以少写几个字，或去掉一个词再找。"
  const contacts = element("a", { href: `${ROOT}contacts/` }, "通讯录")
  return [words, again || shorter, element("span", {}, "也可以直接问有关单位：", contacts)].filter(Boolean)
}

function fail({ file, message }) {
  const why = navigator.onLine === false ? "现在没有连上网络" : file ? `没有取到文件 ${file}` : "程序出错了"
  const again = element("button", { type: "button", class: "nb-button" }, "再试一次")
  again.addEventListener("click", show)
  const earlier = list.childElementCount ? "下面仍是上一次的结果" : "暂时不能查找"
  const left = current.hasHits ? "结果都在下面，筛选和它旁边的数目还没有更新" : earlier
  notes.replaceChildren(element("p", { role: "alert" }, `${why}，${left}。`, again))
  if (!current.hasHits) said.textContent = ""
  list.dataset.state = "error"
  if (message && !file) console.error(message)
}

// `push` where the back button should come back to what is shown now.
function ask(next, push) {
  const to = address(next)
  const isNew = to !== location.pathname + location.search
  if (isNew) history[push ? "pushState" : "replaceState"](null, "", to)
  if (isNew || list.dataset.state === "error") show()
}

// All that is typed in one go is one step of the back button.
let pause = 0, isTyping = false
function typed() {
  clearTimeout(pause)
  // Of a pasted document the address holds as much as shows that it is too long: servers refuse longer ones.
  const value = box.value.trimEnd().slice(0, LONGEST + 1)
  ask({ typed: value, chosen: asked().chosen, page: 1 }, !isTyping)
  isTyping = true
}

box.addEventListener("input", event => {
  clearTimeout(pause)
  // Pinyin that is not yet a character is no query.
  if (!event.isComposing) pause = setTimeout(typed, PAUSE)
})
// What an input method commits is a word, not a key: there is nothing to wait for.
box.addEventListener("compositionend", typed)
box.addEventListener("keydown", event => {
  if (event.key !== "Escape" || event.isComposing) return
  box.value = ""
  typed()
})
box.form.addEventListener("submit", event => {
  event.preventDefault()
  typed()
  isTyping = false
})
filters.addEventListener("change", event => {
  isTyping = false
  const { name, value } = event.target
  const { typed, chosen } = asked()
  delete chosen[name]
  ask({ typed, chosen: { ...chosen, ...(value && { [name]: value }) }, page: 1 }, true)
})
document.addEventListener("click", event => {
  const link = event.target.closest?.("[data-pager] a, [data-notes] a[href*='?'], [data-clear]")
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return
  event.preventDefault()
  isTyping = false
  history.pushState(null, "", link.hasAttribute("data-clear") ? address({ ...asked(), chosen: {}, page: 1 }) : link.href)
  show()
  if (link.rel) said.scrollIntoView({ block: "center" })
})
addEventListener("popstate", () => {
  isTyping = false
  box.value = asked().typed
  show()
})

// A page that comes back from the browser's memory.
addEventListener("pagehide", () => (isTyping = false))

// On a phone the hits come first.
filters.closest("details").open = matchMedia("(min-width: 45em)").matches
box.value = asked().typed
if ("DecompressionStream" in window) show()
else {
  list.dataset.state = "error"
  notes.replaceChildren(element("p", {}, "这个浏览器太旧，不能在这里查找；请按下面的类别看，或用新一些的浏览器。"))
}
