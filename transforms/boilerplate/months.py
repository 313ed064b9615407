"""Names of months and the small words around them, as pages write them in dates.

Source: the names that CLDR lists for the languages that news is written in, in full, in short, and
in the case that follows a day; the months of the Solar Hijri calendar of Iran and Afghanistan.
`listopada`, October in Croatian and November in Polish, is taken as November.
"""

_GREGORIAN = """
january jan janvier januar janeiro gennaio enero januari janúar januára styczeń stycznia sty января
январь янв ocak oca ene gen jän janv leden ledna led január siječnja januari ianuarie ian
jaanuar jaan janvāris janvārī sausio sausis januarja januar јануар јануара јан януари яну січня січ
студзеня қаңтар yanvar yan januari janar gener tammikuuta tammikuu ιανουαρίου ιανουάριος ιαν
يناير كانون_الثاني جانفي ژانویه جنوری ינואר जनवरी जन जानेवारी জানুয়ারি জানুয়ারী ஜனவரி มกราคม
ม.ค იანვარი იან հունվարի հունվար gennaio січень;
february feb février fevereiro fev febbraio febrero februari februar febrúar februára luty lutego
lut февраля февраль фев февр şubat şub févr fevr únor února úno február veljače februarie veebruar
veebr februāris februārī vasario vasaris фебруар фебруара феб февруари лютого лют лютага ақпан
fevral fev shkurt febrer febr helmikuuta helmikuu φεβρουαρίου φεβρουάριος φεβ فبراير شباط فيفري
فوریه فروری פברואר फ़रवरी फरवरी फर फेब्रुवारी ফেব্রুয়ারি பிப்ரவரி กุมภาพันธ์ ก.พ თებერვალი თებ
փետրվարի փետրվար лютий;
march mar mars märz mrz marzo março marca marec maart mrt marzec марта март мар mart březen března
bře március márc ožujka martie märts marts martā kovo kovas марта березня бер сакавіка наурыз març
maaliskuuta maaliskuu μαρτίου μάρτιος μαρ مارس آذار مارچ מרץ मार्च মার্চ மார்ச் มีนาคม มี.ค
მარტი მარ մարտի մարտ maret machi березень;
april apr avril avr abril abr aprile kwiecień kwietnia kwi апреля апрель апр nisan nis duben dubna
dub április ápr aprila apríla travnja aprilie aprill aprīlis aprīlī balandžio balandis април апр
квітня квіт красавіка сәуір aprel prill abril huhtikuuta huhtikuu απριλίου απρίλιος απρ أبريل
ابريل نيسان أفريل آوریل اپریل אפריל अप्रैल एप्रिल এপ্রিল ஏப்ரல் เมษายน เม.ย აპრილი აპრ ապրիլի
ապրիլ aprili apríl квітень;
may mai mayo maio maggio mag mei maj maja maí mája мая май mayıs květen května kvě május máj
svibnja maijs maijā gegužės gegužė мај маја травня трав мамыр toukokuuta toukokuu μαΐου μάιος μαΐ
μαι مايو أيار ماي مه مئی מאי मई मे মে மே พฤษภาคม พ.ค მაისი მაი մայիսի մայիս mei травень;
june jun juin juni junho giugno giu junio czerwiec czerwca cze июня июнь июн haziran haz červen
června čvn június jún júna lipnja iunie iun juuni jūnijs jūnijā birželio birželis јун јуна юни
червня черв чэрвеня маусым iyun qershor juny kesäkuuta kesäkuu ιουνίου ιούνιος ιουν يونيو حزيران
جوان ژوئن جون יוני जून জুন ஜூன் มิถุนายน มิ.ย ივნისი ივნ հունիսի հունիս júní червень;
july jul juillet juil juli julho luglio lug julio lipiec lipca lip июля июль июл temmuz tem
červenec července čvc július júl júla srpnja iulie iul juuli jūlijs jūlijā liepos liepa јул јула
юли липня лип ліпеня шілде iyul korrik juliol heinäkuuta heinäkuu ιουλίου ιούλιος ιουλ يوليو تموز
جويلية ژوئیه جولائی יולי जुलाई जुलै জুলাই ஜூலை กรกฎาคม ก.ค ივლისი ივლ հուլիսի հուլիս júlí julai
липень;
august aug août aout agosto ago augustus augusti sierpień sierpnia sie августа август авг ağustos
ağu srpen srpna srp augusztus aug augusta kolovoza augusts augustā rugpjūčio rugpjūtis август
августа avgust avg avgusta серпня серп жніўня тамыз avqust gusht agost elokuuta elokuu αυγούστου
αύγουστος αυγ أغسطس اغسطس آب أوت اوت اگست אוגוסט अगस्त ऑगस्ट আগস্ট ஆகஸ்ட் สิงหาคม ส.ค აგვისტო აგვ
օգոստոսի օգոստոս ágúst agustus agosti ogos серпень;
september sep sept septembre setembro set settembre septiembre setiembre wrzesień września wrz
сентября сентябрь сен сент eylül eyl září zář szeptember szept septembra rujna septembrie
septembris septembrī rugsėjo rugsėjis септембар септембра септ септември вересня вер верасня
қыркүйек sentyabr sen shtator setembre syyskuuta syyskuu σεπτεμβρίου σεπτέμβριος σεπ سبتمبر أيلول
سپتامبر ستمبر ספטמבר सितंबर सितम्बर सप्टेंबर সেপ্টেম্বর செப்டம்பர் กันยายน ก.ย სექტემბერი სექ
սեպտեմբերի սեպտեմբեր septemba septembar septembra вересень;
october oct octobre oktober okt outubro out ottobre ott octubre październik października paź
октября октябрь окт ekim eki říjen října říj október októbra octombrie oktoober oktobris oktobrī
spalio spalis октобар октобра октомври жовтня жовт кастрычніка қазан oktyabr tetor lokakuuta
lokakuu οκτωβρίου οκτώβριος οκτ أكتوبر اكتوبر تشرين_الأول اکتبر اکتوبر אוקטובר अक्टूबर अक्तूबर
ऑक्टोबर অক্টোবর அக்டோபர் ตุลาคม ต.ค ოქტომბერი ოქტ հոկտեմբերի հոկտեմբեր oktoba oktobar жовтень;
november nov novembre novembro noviembre listopad listopada lis ноября ноябрь ноя нояб kasım kas
listopadu novembra studenoga studenog noiembrie noi novembris novembrī lapkričio lapkritis новембар
новембра ноември листопада лист лістапада қараша noyabr nëntor marraskuuta marraskuu νοεμβρίου
νοέμβριος νοε نوفمبر تشرين_الثاني نوامبر نومبر נובמבר नवंबर नवम्बर नोव्हेंबर নভেম্বর நவம்பர்
พฤศจิกายน พ.ย ნოემბერი ნოე նոյեմբերի նոյեմբեր nóvember novemba novembar листопад;
december dec décembre déc dezembro dez dezember dicembre dic diciembre grudzień grudnia gru декабря
декабрь дек aralık ara prosinec prosince pro decembra prosinca decembrie detsember dets decembris
decembrī gruodžio gruodis децембар децембра декември грудня груд снежня желтоқсан dekabr dhjetor
desembre desember des joulukuuta joulukuu δεκεμβρίου δεκέμβριος δεκ ديسمبر كانون_الأول دسامبر دسمبر
דצמבר दिसंबर दिसम्बर डिसेंबर ডিসেম্বর டிசம்பர் ธันวาคม ธ.ค დეკემბერი დეკ դեկտեմբերի դեկտեմբեր
desemba disember decembar грудень
"""
_SOLAR_HIJRI = """
فروردین حمل; اردیبهشت ثور; خرداد جوزا; تیر سرطان; مرداد اسد; شهریور سنبله; مهر میزان;
آبان عقرب; آذر قوس; دی جدی; بهمن دلو; اسفند حوت
"""


def _numbered(names: str) -> dict[str, int]:
    return {
        name.replace("_", " ").casefold(): number
        for number, group in enumerate(names.split(";"), 1)
        for name in group.split()
    }


GREGORIAN = _numbered(_GREGORIAN)
"""Month, 1 to 12, by name; names are folded, without a dot at the end."""
# Hebrew writes "in May" as one word.
GREGORIAN |= {f"ב{name}": number for name, number in GREGORIAN.items() if "א" <= name[0] <= "ת"}

SOLAR_HIJRI = _numbered(_SOLAR_HIJRI)
"""Month, 1 to 12, of the calendar of Iran (and, the second names, of Afghanistan)."""

_PARTICLES = """
de del d of the st nd rd th er º ª ο de l le da do di du den der af v m gada år y го го. ta te
تا في من de. เดือน พ.ศ ค.ศ ปี დღე թ ж г
"""
PARTICLES = frozenset(_PARTICLES.split())
"""Words that may stand between day, month and year."""
