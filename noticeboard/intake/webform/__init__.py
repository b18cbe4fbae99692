"""The web form (``.github/ISSUE_TEMPLATE/notice.yml``): what somebody filled in → a draft and an answer."""
