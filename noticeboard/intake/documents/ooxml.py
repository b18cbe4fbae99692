"""The package that .docx and .xlsx are: a zip archive of XML parts that refer to each other by relations."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Iterator
from typing import Self

from lxml import etree

from noticeboard.intake.documents import limits
from noticeboard.intake.documents.document import Unreadable

_UNSAFE = "文件里有 Word、Excel 不会写的内容（DTD），可能不安全：请用 Word、Excel 或 WPS “另存为”一次再交来"
_BEGINS_XML = re.compile(rb"[\x00\xef\xbb\xbf\xff\xfe\s]*<")

#: ISO/IEC 29500 Strict names its vocabularies otherwise; the elements are the same.
_STRICT = re.compile(rb"http://purl\.oclc\.org/ooxml/(wordprocessingml|officeDocument)/(?=main|relationships|math)")


class Package:
    """Its parts by name; a part that is not there is ``None``."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._names = frozenset(archive.namelist())
        self._marks = limits.Budget(limits.XML_MARKS, limits.TOO_MUCH_XML)

    @classmethod
    def opened(cls, content: bytes) -> Self:
        """The package in the bytes of a file, unless it would burst when unpacked."""
        try:
            archive = zipfile.ZipFile(io.BytesIO(content))
        except zipfile.BadZipFile as error:
            raise Unreadable("文件已经损坏或者没有下载完整：请重新取一份，或者“另存为”一次再交来") from error
        # No more is ever unpacked of a file than it says here.
        if sum(part.file_size for part in archive.infolist()) > limits.UNPACKED:
            raise Unreadable(limits.BURSTS)
        if any(part.flag_bits & 1 for part in archive.infolist()):
            raise Unreadable("文件有打开密码：请取消密码，保存后再交来")
        return cls(archive)

    def all_xml(self) -> Iterator[etree._Element]:
        """Every part that is XML, whatever it is called and whoever reads it; drawings in SVG are pictures."""
        for name in sorted(self._names):
            content = self._archive.read(name) if not name.lower().endswith(".svg") else b""
            if _BEGINS_XML.match(content):
                yield self._parsed(content)

    def part(self, name: str) -> etree._Element | None:
        """The XML of a part."""
        if name not in self._names:
            return None
        return self._parsed(_STRICT.sub(rb"http://schemas.openxmlformats.org/\1/2006/", self._archive.read(name)))

    def _parsed(self, content: bytes) -> etree._Element:
        """XML without a DTD, no more of it than a person would write. Raises ``Unreadable``."""
        # Counted before anything is made of it: elements, their ends and their attributes.
        self._marks.spend(content.count(b"<") + content.count(b"="))
        # No entity is ever replaced: Office writes none, and a chain of them is a way to burst a reader.
        parser = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)
        root = etree.fromstring(content, parser)
        if root.getroottree().docinfo.internalDTD is not None:
            raise Unreadable(_UNSAFE)
        return root

    def related(self, name: str) -> dict[str, tuple[str, str]]:
        """What a part refers to inside the package: the id of the relation → its kind (header, styles …) and part."""
        folder, base = posixpath.split(name)
        root = self.part(posixpath.join(folder, "_rels", f"{base}.rels"))
        relations = {}
        for relation in root if root is not None else ():
            if relation.get("TargetMode") == "External":
                continue
            target = posixpath.normpath(posixpath.join("/", folder, relation.get("Target") or ""))
            relations[relation.get("Id") or ""] = (posixpath.basename(relation.get("Type") or ""), target.lstrip("/"))
        return relations

    def first(self, name: str, kind: str) -> str | None:
        """The part of a kind that a part refers to."""
        return next((target for found, target in self.related(name).values() if found == kind), None)
