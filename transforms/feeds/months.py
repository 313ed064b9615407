"""Names of months in feeds."""

_NAMES = (
    """jan january januar janvier enero ene gennaio gen janeiro janv januari ianuarie
    января янв январь січня stycznia sty ocak oca يناير ιανουαρίου ιαν""",
    """feb february februar février févr febrero febbraio fev fevereiro februari februarie
    февраля фев февр февраль лютого lutego şubat şub فبراير φεβρουαρίου φεβ""",
    """mar march märz mär mars marzo março mrz maart mrt maret martie marts марта мар март
    березня marca mart مارس μαρτίου μαρ""",
    """apr april avril avr abril abr aprile aprilie апреля апр апрель квітня kwietnia kwi
    nisan nis أبريل ابريل απριλίου απρ""",
    "may mai mayo maggio mag maio mei maj mayıs мая май травня maja مايو μαΐου μαϊ",
    """jun june juni juin junio giugno giu junho iunie июня июн июнь червня czerwca cze
    haziran haz يونيو ιουνίου ιουν""",
    """jul july juli juillet juil julio luglio lug julho iulie июля июл июль липня lipca
    temmuz tem يوليو ιουλίου ιουλ""",
    """aug august août aout agosto ago augusti augustus agustus августа авг август серпня
    sierpnia sie ağustos ağu أغسطس اغسطس αυγούστου αυγ""",
    """sep sept september septembre septiembre settembre set setembro septembrie сентября
    сен сент сентябрь вересня września wrz eylül eyl سبتمبر σεπτεμβρίου σεπ""",
    """oct october oktober okt octobre octubre ottobre ott outubro out octombrie октября
    окт октябрь жовтня października paź ekim eki أكتوبر اكتوبر οκτωβρίου οκτ""",
    """nov november novembre noviembre novembro noiembrie ноября ноя нояб ноябрь листопада
    kasım kas نوفمبر νοεμβρίου νοε""",
    """dec december dezember dez décembre déc diciembre dic dicembre dezembro desember
    decembrie декабря дек декабрь грудня grudnia gru aralık ara ديسمبر δεκεμβρίου δεκ""",
)

MONTHS = {name: number for number, names in enumerate(_NAMES, start=1) for name in names.split()}
"""Name, lower case -> 1..12. English, and names of the default list's other languages.

Only names that mean one month in every one of them: listopad is November in Polish and October in
Croatian, and is left out.
"""
