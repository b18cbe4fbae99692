"""noticeboard: a static site of inspection-rectification notices (巡察整改进展情况的通报).

From the ground up; each part stands on those before it (``tests/test_floors.py``)::

    problems faults paths text radicals positions files temporary     what every part speaks of, and files on the disk
    record      what a unit and a notice are: typed, frozen values; words, dates, numbers, keys and their schema
    reading     a file that somebody wrote → a record or located problems; files to be filled in, files mended
    board       a folder of units and notices → Board; addresses, what carries on what, git, how a thing is said
    rules       what is checked in a board, one file a subject
    changes     what a board says otherwise than the published one: promises broken, and in words
    checking    a folder read and checked, alone or against a revision; what each problem means
    site        a checked board → a website: settings, views, model (``Site``), search, feeds, data, pages; the build
    intake      a document of any office → its lines → a draft; what somebody filled in on the web → a draft
    review      for who reviews a pull request: the summary, changed pages in one file each
    serve       the site of a folder that is being edited
    cluster     the work of a build done by many machines
    upkeep      contacts to be tried again, links of sources that no longer answer
    commands    the command line, one file a command
"""

__version__ = "0.1.0"
