// The boxes of the filters: each with the values that still lead somewhere, and their counts.

import { LABELS, NAMES } from "./filter-names.js"
import { element } from "./hits.js"

const form = document.querySelector("[data-filters]")

// The chosen values as people call them, each with its filter: 状态：正在整改.
export const inWords = (offers, chosen) =>
  NAMES.filter(name => chosen[name]).map(name => {
    const offered = offers?.[name].values.find(([value]) => value === chosen[name])
    return `${LABELS[name]}：${offered ? offered[1] : chosen[name]}`
  })

// Waits for a `breath` before each box: all at once they would keep a slow processor from anything else for too long.
export async function draw(offers, chosen, breath) {
  for (const name of NAMES) {
    await breath()
    const select = form.elements[name], { values, rest } = offers[name]
    const options = values.map(([value, words, count]) => element("option", { value }, `${words}（${count}）`))
    if (rest) options.push(element("option", { disabled: "" }, `另有 ${rest} 个，请在上面写出名称来找`))
    select.replaceChildren(element("option", { value: "" }, `全部${LABELS[name]}`), ...options)
    select.value = chosen[name] || ""
    select.disabled = !values.length
  }
  const count = Object.keys(chosen).length
  document.querySelector("[data-filtering]").textContent = count ? `筛选（已选 ${count} 项）` : "筛选"
  document.querySelector("[data-clear]").hidden = !count
}
