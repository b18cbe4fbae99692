"""noticeboard: a static site of inspection-rectification notices (巡察整改进展情况的通报).

The modules stand on the way of a notice through the house, and depend only on those before them::

    problems, dates, vocabulary     what every part speaks of
    fields, model                   Notice, Unit, Issue … as typed, frozen values
    encoding, slips, yamltext, read a file → (Notice, Marks) or located problems
    board                           a folder of units and notices → Board
    counting, rules                 what is counted, and what is checked
    masthead                        who publishes the site, and where
    files, pages                    Board → Markdown on disk
    search                          Board → the index that a browser searches, beside the pages
    feeds, vcards, qrcodes          Board → what feed readers, phones and paper take along, beside the pages
    engine                          Markdown on disk → HTML
    sitemap, site                   check, pages, files beside them, engine, site map: the whole build
    commands                        the command line
"""

__version__ = "0.1.0"
