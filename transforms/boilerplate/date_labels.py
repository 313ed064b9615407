"""What the words before a date say it is: the publication, or a later change."""

import re

_CHANGED_WORDS = """
updated? update modified edited revised reviewed amended aktualisiert geändert stand modifiée? jour
actualizad[oa] actualización actualizado atualizad[oa] atualização modificad[oa] aggiornat[oa]
aggiornamento modificato bijgewerkt gewijzigd uppdatera[dt]e? ändrad oppdatert opdateret päivitetty
muokattu aktualizacj[ai] aktualizováno aktualizované zaktualizowan[oy] обновлен[оаы]? обновлено
изменено оновлено güncelleme güncellendi güncellenme actualizat frissítve ενημέρωση diperbarui
pembaruan ažurirano atjaunots atnaujinta uuendatud aggiorn
"""
_PUBLISHED_WORDS = """
published publication posted issued released created erschienen veröffentlicht erstellt datum
publiée? paru publié publicad[oa] publicación publicação pubblicat[oa] gepubliceerd geplaatst
publicera[dt] publisert udgivet offentliggjort julkaistu opublikowan[oy] publikacja zveřejněno
publikováno uverejnené опубликован[оа]? опубликовано дата опубліковано yayınlan\\w+ yayın giriş
publicat megjelent δημοσίευση diterbitkan dipublikasikan objavljeno publicēts paskelbta
"""
# In these scripts no space, or a prefix, stands between the words.
_CHANGED_PARTS = (
    "更新|修改|改訂|수정|업데이트|تحديث|آخرین ویرایش|روزرسانی|cập nhật|अपडेट|עודכן|อัปเดต|แก้ไข"
)
_PUBLISHED_PARTS = (
    "公開|掲載|配信|発行|发布|發布|發佈|发表|發表|入力|입력|등록|게시|نشر|انتشار"
    "|đăng|xuất bản|प्रकाशित|פורסם|เผยแพร่"
)


def _labels(words: str, parts: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(words.split())})(?!\w)|{parts}", re.IGNORECASE)


_CHANGED = _labels(_CHANGED_WORDS, _CHANGED_PARTS)
_PUBLISHED = _labels(_PUBLISHED_WORDS, _PUBLISHED_PARTS)
_MAX_LABEL = 40


def is_label(line: str) -> bool:
    """True for a line that is a label without its date: `Published:`, `Stand`."""
    if not line or len(line) > _MAX_LABEL or any(map(str.isdigit, line)):
        return False
    return says_published(line) or says_changed(line)


def says_published(line: str) -> bool:
    """True if the line has a word for a publication."""
    return _PUBLISHED.search(line) is not None


def says_changed(line: str) -> bool:
    """True if the line has a word for a later change."""
    return _CHANGED.search(line) is not None


def parts_of(line: str) -> tuple[str, str]:
    """(what may hold the day of publication, what may hold that of a change) of a line.

    `Published 5 May, updated 6 May` is both; a line without any label is the first alone.
    """
    changed = _CHANGED.search(line)
    if changed is None:
        return line, ""
    before, after = line[: changed.start()], line[changed.start() :]
    published = _PUBLISHED.search(after)
    if published is None:
        return before, after
    return f"{before} {after[published.start() :]}", after[: published.start()]
