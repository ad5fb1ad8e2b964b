"""English sentences, by key; a file for each part of the program. `catalogue.py` says how they are filled."""

from __future__ import annotations

from curate.i18n.en import (
    answers,
    check,
    cli,
    config,
    desk,
    doctor,
    draft,
    fetch,
    judgement,
    post,
    reading,
    report,
    run,
    services,
    site,
    source,
    upkeep,
    wechat,
)

SENTENCES: dict[str, str] = {
    key: sentence
    for part in (
        cli,
        config,
        draft,
        judgement,
        fetch,
        source,
        post,
        site,
        desk,
        answers,
        wechat,
        check,
        run,
        report,
        reading,
        services,
        upkeep,
        doctor,
    )
    for key, sentence in part.SENTENCES.items()
}
