// The filters as the address calls them, and as people do.
export const LABELS = { unit: "单位", status: "状态", topic: "主题", year: "年份", region: "地区", level: "级别" }
export const NAMES = Object.keys(LABELS)
