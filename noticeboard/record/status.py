"""How a matter or a notice stands: its status in the source's words, what changed after publication, its withdrawal."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, StringConstraints, computed_field, model_validator

from noticeboard.problems import ContentError, Severity, rule
from noticeboard.record.base import Record
from noticeboard.record.fields import NOT_IN_LIST, Date, InFiles, OneOf, Text, or_number
from noticeboard.record.shown import Place, by_hand, key
from noticeboard.record.vocabulary import STATUS_OF_LABEL, STATUS_OF_WORDS, StatusCode

MISSING_KEY = rule("missing-key", Severity.ERROR, "缺少必须有的键")
STATUS_CLASS = rule("status-class", Severity.ERROR, "状态词不在对照表中，或与归类不一致")


class Status(Record, title="状态"):
    """What the source says of a matter's state, in its words, and what that statement rests on."""

    words: Annotated[Text, key("词语", "通报的原词，例如：已完成整改、正在整改", by_hand())]
    category: Annotated[
        Annotated[Text, OneOf(tuple(STATUS_OF_LABEL), "归类")] | None,
        key("归类", "原词不在对照表中时，归入哪一类", by_hand()),
    ] = None
    basis: Annotated[
        Annotated[Text, OneOf(("本条", "所在标题", "通报总数"), "依据")],
        key("依据", "状态写在哪里：本条、所在标题，或通报总数（该数覆盖或点名本条）", by_hand()),
    ] = "本条"
    quote: Annotated[Text | None, key("原文", "说明状态的那句原文", by_hand())] = None
    as_of: Annotated[Date | None, key("截至", "该状态的日期，与通报的数据截至不同时才写", by_hand(Place.SEARCH))] = None

    @model_validator(mode="after")
    def _words_have_a_class(self) -> Status:
        if self.words in STATUS_OF_WORDS:
            if self.category and STATUS_OF_LABEL[self.category] != STATUS_OF_WORDS[self.words]:
                raise ContentError(
                    STATUS_CLASS,
                    f"“{self.words}”属于“{STATUS_OF_WORDS[self.words].label}”，与归类“{self.category}”不一致",
                    "删去归类",
                )
        elif self.category is None:
            raise ContentError(
                STATUS_CLASS,
                f"状态“{self.words}”不在对照表中，不知道归入哪一类",
                f"写成 {{词语: {self.words}, 归类: …}}，归类从中选一个：{'、'.join(STATUS_OF_LABEL)}",
            )
        return self

    @computed_field(title="代码", description="原词所属的一类，用于筛选和统计")  # type: ignore[prop-decorator]
    @property
    def code(self) -> StatusCode:
        """The class of the words."""
        return STATUS_OF_LABEL[self.category] if self.category else STATUS_OF_WORDS[self.words]


#: Made without a validator, which would be built for it alone.
UNSTATED = Status.model_construct(words=StatusCode.UNSTATED.label)


def in_words(value: object) -> object:
    """A status in words alone stands for the whole."""
    return {"词语": value} if isinstance(value, str) else value


#: In a file the words alone stand for the whole where the table has them, so that an editor can offer them.
StatusOrWords = Annotated[
    Status,
    BeforeValidator(in_words),
    InFiles(lambda made: {"anyOf": [{"type": "string", "enum": list(STATUS_OF_WORDS)}, made]}),
]

_DATE_NAME = r"[0-9]{4}(-[0-9]{2}){0,2}(_[1-9][0-9]*)?"
_UNIT_NAME = r"[a-z0-9]+(-[a-z0-9]+)*"


def _text_like(pattern: str) -> StringConstraints:
    return StringConstraints(strip_whitespace=True, pattern=f"^{pattern}$")


#: ``2023-12`` of the same unit, or ``shili-ju/2023-12``.
NoticeReference = Annotated[str, _text_like(f"({_UNIT_NAME}/)?{_DATE_NAME}"), InFiles(or_number)]
#: The same with an issue in it: ``2023-12#i-1-2``.
MatterReference = Annotated[str, _text_like(f"({_UNIT_NAME}/)?{_DATE_NAME}#[is](-[0-9a-z]+)+")]
FormerNotice = Annotated[str, _text_like(f"{_UNIT_NAME}/{_DATE_NAME}")]
FormerUnit = Annotated[str, _text_like(_UNIT_NAME)]


class Change(Record, title="变更"):
    """A dated correction of the record, or a change of what it reports (from which status to which)."""

    date: Annotated[Date, key("日期", "更正或变化的日期", by_hand())]
    what: Annotated[Text, key("内容", "改了什么", by_hand())]
    before: Annotated[StatusOrWords | None, key("原状态", "状态变化的，原来是什么", by_hand(Place.SEARCH))] = None
    after: Annotated[StatusOrWords | None, key("现状态", "状态变化的，现在是什么", by_hand(Place.SEARCH))] = None
    ground: Annotated[Text, key("依据", "根据什么改的：来函、后来的通报、核对原文……", by_hand())]


class Retirement(Record, title="撤下或替换"):
    """Why a notice is no longer in force: its address answers with this, and its content is not published."""

    words: Annotated[
        Annotated[Text, OneOf(("撤下", "已更正并替换"), "状态")], key("词语", "撤下，或已更正并替换", by_hand())
    ]
    date: Annotated[Date, key("日期", "撤下或替换的日期", by_hand())]
    reason: Annotated[Text, key("原因", "为什么撤下或替换；读者会看到", by_hand())]
    successor: Annotated[
        NoticeReference | None,
        key("替换为", "已更正并替换的，由哪一份代替：2023-12_2，别的单位的写 文件夹/日期", by_hand()),
    ] = None

    @model_validator(mode="after")
    def _a_replaced_notice_has_a_successor(self) -> Retirement:
        if self.words == "已更正并替换" and self.successor is None:
            remedy = "加一行“替换为: 2023-12_2”（代替它的通报的文件名）；没有代替的，写“撤下”"
            raise ContentError(MISSING_KEY, "已更正并替换的通报没有写由哪一份代替", remedy)
        if self.words == "撤下" and self.successor is not None:
            raise ContentError(NOT_IN_LIST, "撤下的通报不写“替换为”", "由别的通报代替的，状态写“已更正并替换”")
        return self
