#!/bin/sh
# 在服务器上把一份生成好的网站换上去：sh publish.sh 网站的文件夹 /srv/noticeboard
#
# 先复制到 releases/ 下自己的文件夹，逐个核对清单里的 SHA-256，全对了才把链接 current 一下换过去：
# 读者看到的要么全是旧的，要么全是新的。复制不全、核对不上，旧的网站不动。留下最近五份，可以换回去：
#   cd /srv/noticeboard && ln -s releases/那一份的名字 next && mv -T next current
# 草稿里还有“请核对”就生成的网站不换上去。只要有 rsync、grep 和 GNU coreutils，不用装 Python，不用联网。
set -eu
site=${1:?网站的文件夹}
mkdir -p "${2:?服务器上放网站的文件夹}"
home=$(cd "$2" && pwd)
manifest=data/manifest.json
if [ ! -f "$site/$manifest" ]; then
    echo "没有换：$site 里没有 $manifest，不是生成好的网站" >&2
    exit 1
fi
if grep -q '"open_drafts":[1-9]' "$site/$manifest"; then
    echo "没有换：这是草稿，里面还有没核对的“请核对”。看过、删完以后重新生成。" >&2
    exit 1
fi
name=$(sha256sum < "$site/$manifest" | cut -c1-16)
release=$home/releases/$name
mkdir -p "$release"
# 与上一份一样的文件不再占地方（硬链接），修改时间也不变，读者不必重新下载。
[ -e "$home/current" ] && set -- --link-dest="$home/current/" || set --
rsync -rp --chmod=D755,F644 --checksum --delete "$@" "$site/" "$release/"
cd "$release"
listed=$(sed -n 's/^{"path":"\(.*\)","size":[0-9]*,"sha256":"\([0-9a-f]*\)"}.*/\2  \1/p' $manifest)
if ! echo "$listed" | sha256sum --check --strict --quiet; then
    echo "没有换：文件与清单不一样，多半是复制坏了。重新复制，再来一次。" >&2
    exit 1
fi
if [ "$(find . -type f | wc -l)" -ne "$(($(echo "$listed" | wc -l) + 1))" ]; then
    echo "没有换：有清单里没有的文件。用 python build_site.py verify 看是哪些。" >&2
    exit 1
fi
touch "$release"
ln -sfn "releases/$name" "$home/next"
mv -T "$home/next" "$home/current"
ls -1t "$home/releases" | tail -n +6 | while read -r old; do rm -rf "$home/releases/$old"; done
echo "换好了：$name"
