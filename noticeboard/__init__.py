"""noticeboard: a static site of inspection-rectification notices (巡察整改进展情况的通报).

The modules stand on the way of a notice through the house, and depend only on those before them::

    problems, dates, vocabulary     what every part speaks of
    urls, fields, status, model     Notice, Unit, Issue … as typed, frozen values
    encoding, slips, yamltext, read a file → (Notice, Marks) or located problems
    counting, board, folders        what is counted; a folder of units and notices → Board
    lives, rules                    which issue carries on which, and what is checked
    revisions, continuity, source   Board against the one published from a git revision; the commit of a build
    mending                         what can be mended in a file unasked
    gfm, comparison                 text in GitHub's Markdown; what a change changes, in words
    places, checking                the project's folders; a folder read and checked, alone or against a revision
    explanations                    what each problem means, with examples
    masthead                        who publishes the site, and where
    files, pages                    Board → Markdown on disk
    search                          Board → the index that a browser searches, beside the pages
    feeds, vcards, qrcodes          Board → what feed readers, phones and paper take along, beside the pages
    opendata                        Board → tables, JSON and their schema, beside the pages; the manifest of a site
    moved                           the files beside pages, at the former addresses of these pages too
    engine                          Markdown on disk → HTML
    sitemap, site                   pages, files beside them, engine, site map, manifest: the whole build
    preview                         a changed page in one file, and the summary for a reviewer
    live                            a folder that is being edited: readings remembered, pages made on demand
    upkeep                          contacts to be tried again, links of sources that no longer answer
    intake                          a document (Word, Excel, PDF, web page, text) → a draft of a notice
    webform                         what somebody filled in on the web → a draft, and an answer
    blank                           a file to be filled in by hand
    commands                        the command line
"""

__version__ = "0.1.0"
