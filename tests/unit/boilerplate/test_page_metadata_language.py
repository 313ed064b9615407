"""In which language a page is: declared, or shown by its text."""

import pytest

from transforms.boilerplate import clean_page
from transforms.boilerplate.language import detected_language

SENTENCES = {
    "en": (
        "The foreign ministers of the two countries met on Monday and said that they would "
        "continue the talks in the coming weeks."
    ),
    "de": (
        "Die Außenminister der beiden Länder trafen sich am Montag und sagten, dass sie die "
        "Gespräche in den kommenden Wochen fortsetzen."
    ),
    "fr": (
        "Les ministres des affaires étrangères des deux pays se sont réunis lundi et ont dit "
        "que les discussions vont continuer dans les semaines à venir."
    ),
    "es": (
        "Los ministros de exteriores de los dos países se reunieron el lunes y dijeron que "
        "las conversaciones van a continuar en las próximas semanas."
    ),
    "pt": (
        "Os ministros dos negócios estrangeiros dos dois países reuniram-se na segunda-feira "
        "e disseram que as conversações vão continuar nas próximas semanas."
    ),
    "it": (
        "I ministri degli esteri dei due paesi si sono incontrati lunedì e hanno detto che i "
        "colloqui continueranno nelle prossime settimane."
    ),
    "nl": (
        "De ministers van buitenlandse zaken van de twee landen kwamen maandag bijeen en "
        "zeiden dat zij de gesprekken in de komende weken zullen voortzetten."
    ),
    "sv": (
        "Utrikesministrarna i de två länderna träffades på måndagen och sade att de ska "
        "fortsätta samtalen under de kommande veckorna."
    ),
    "da": (
        "Udenrigsministrene fra de to lande mødtes mandag og sagde, at de vil fortsætte "
        "samtalerne i de kommende uger, efter at de havde været afbrudt af krigen."
    ),
    "no": (
        "Utenriksministrene fra de to landene møttes mandag og sa at de vil fortsette "
        "samtalene i ukene som kommer, etter at de hadde vært avbrutt av krigen."
    ),
    "fi": (
        "Kahden maan ulkoministerit tapasivat maanantaina ja sanoivat, että he jatkavat "
        "keskusteluja tulevina viikkoina, mutta se ei ole vielä varmaa."
    ),
    "pl": (
        "Ministrowie spraw zagranicznych obu krajów spotkali się w poniedziałek i "
        "powiedzieli, że będą kontynuować rozmowy w nadchodzących tygodniach."
    ),
    "cs": (
        "Ministři zahraničí obou zemí se v pondělí sešli a řekli, že budou v příštích týdnech "
        "pokračovat v jednáních, která byla přerušena."
    ),
    "sk": (
        "Ministri zahraničných vecí oboch krajín sa v pondelok stretli a povedali, že budú v "
        "nasledujúcich týždňoch pokračovať v rokovaniach, ktoré boli prerušené."
    ),
    "hu": (
        "A két ország külügyminisztere hétfőn találkozott, és azt mondta, hogy a tárgyalások "
        "a következő hetekben is folytatódnak, de nem lesz könnyű."
    ),
    "ro": (
        "Miniștrii de externe ai celor două țări s-au întâlnit luni și au spus că discuțiile "
        "vor continua în săptămânile următoare, pentru că este nevoie de ele."
    ),
    "hr": (
        "Ministri vanjskih poslova dviju zemalja sastali su se u ponedjeljak i rekli da će se "
        "razgovori nastaviti u narednim tjednima, jer je to potrebno."
    ),
    "tr": (
        "İki ülkenin dışişleri bakanları pazartesi günü bir araya geldi ve görüşmelerin "
        "önümüzdeki haftalarda da devam edeceğini söyledi; bu çok önemli bir adım."
    ),
    "id": (
        "Para menteri luar negeri dari kedua negara itu bertemu pada hari Senin dan "
        "mengatakan bahwa pembicaraan akan berlanjut dalam beberapa minggu ke depan."
    ),
    "vi": (
        "Bộ trưởng ngoại giao của hai nước đã gặp nhau vào thứ Hai và cho biết các cuộc đàm "
        "phán sẽ tiếp tục trong những tuần tới."
    ),
    "sw": (
        "Mawaziri wa mambo ya nje wa nchi hizo mbili walikutana siku ya Jumatatu na kusema "
        "kuwa mazungumzo hayo yataendelea katika wiki zijazo."
    ),
    "sq": (
        "Ministrat e jashtëm të dy vendeve u takuan të hënën dhe thanë se bisedimet do të "
        "vazhdojnë në javët e ardhshme, por nuk është e lehtë."
    ),
    "lt": (
        "Abiejų šalių užsienio reikalų ministrai susitiko pirmadienį ir pareiškė, kad derybos "
        "bus tęsiamos ir kitomis savaitėmis, nes tai yra būtina."
    ),
    "az": (
        "İki ölkənin xarici işlər nazirləri bazar ertəsi görüşüb və danışıqların gələn "
        "həftələrdə də davam edəcəyini deyib, bu isə çox vacibdir."
    ),
    "ru": (
        "Министры иностранных дел двух стран встретились в понедельник и заявили, что "
        "переговоры продолжатся в ближайшие недели, было объявлено ещё раз."
    ),
    "uk": (
        "Міністри закордонних справ двох країн зустрілися в понеділок і заявили, що "
        "переговори триватимуть у найближчі тижні, її та їхні позиції різні."
    ),
    "bg": (
        "Министрите на външните работи на двете страни се срещнаха в понеделник и заявиха, че "
        "преговорите ще продължат през следващите седмици, защото това е нужно, също така "
        "бъдещето."
    ),
    "sr": (
        "Министри спољних послова двеју земаља састали су се у понедељак и рекли да ће се "
        "разговори наставити у наредним недељама, јер је то потребно."
    ),
    "mk": (
        "Министрите за надворешни работи на двете земји се сретнаа во понеделникот и рекоа "
        "дека разговорите ќе продолжат во следните недели, а куќата е полна."
    ),
    "be": (
        "Міністры замежных спраў дзвюх краін сустрэліся ў панядзелак і заявілі, што перамовы "
        "працягнуцца ў бліжэйшыя тыдні ў горадзе."
    ),
    "kk": (
        "Екі елдің сыртқы істер министрлері дүйсенбі күні кездесіп, келіссөздер алдағы "
        "апталарда жалғасатынын айтты."
    ),
    "ar": (
        "التقى وزيرا خارجية البلدين يوم الاثنين وقالا إن المحادثات ستستمر في الأسابيع المقبلة "
        "على الرغم من الخلافات بينهما."
    ),
    "fa": (
        "وزیران خارجه دو کشور روز دوشنبه دیدار کردند و گفتند که گفتگوها در هفته‌های آینده "
        "ادامه خواهد یافت و پیشرفت‌هایی حاصل شده است."
    ),
    "ur": (
        "دونوں ممالک کے وزرائے خارجہ نے پیر کو ملاقات کی اور کہا کہ بات چیت آنے والے ہفتوں "
        "میں جاری رہے گی اور یہ بہت اہم ہے۔"
    ),
    "he": (
        "שרי החוץ של שתי המדינות נפגשו ביום שני ואמרו כי השיחות יימשכו בשבועות הקרובים למרות "
        "חילוקי הדעות ביניהם."
    ),
    "hi": (
        "दोनों देशों के विदेश मंत्रियों ने सोमवार को मुलाकात की और कहा कि बातचीत आने वाले "
        "हफ्तों में जारी रहेगी, यह बहुत महत्वपूर्ण है।"
    ),
    "mr": (
        "दोन्ही देशांच्या परराष्ट्र मंत्र्यांनी सोमवारी भेट घेतली आणि चर्चा पुढील आठवड्यात "
        "सुरू राहील असे सांगितले, हे महत्त्वाचे आहे."
    ),
    "ne": (
        "दुई देशका परराष्ट्रमन्त्रीहरूले सोमबार भेटवार्ता गरेका छन् र वार्ता आगामी सातामा पनि "
        "जारी रहने बताएका छन्, यो महत्त्वपूर्ण छ।"
    ),
    "bn": ("দুই দেশের পররাষ্ট্রমন্ত্রী সোমবার বৈঠক করেছেন এবং বলেছেন যে আলোচনা আগামী সপ্তাহগুলোতেও চলবে।"),
    "zh": "两国外长星期一举行会晤，表示会谈将在未来几周继续进行，双方都认为这一步骤非常重要，需要更多时间来讨论具体的问题。",
    "ja": "両国の外相は月曜日に会談し、今後数週間にわたって協議を続けると述べた。双方はこれを重要な一歩だとしている。",
    "ko": "양국 외무장관은 월요일에 만나 앞으로 몇 주 동안 회담을 계속할 것이라고 말했다. 양측은 이것이 중요한 단계라고 보고 있다.",
    "th": ("รัฐมนตรีต่างประเทศของทั้งสองประเทศพบกันเมื่อวันจันทร์และกล่าวว่าการเจรจาจะดำเนินต่อไ ปในสัปดาห์ข้างหน้า"),
    "el": (
        "Οι υπουργοί εξωτερικών των δύο χωρών συναντήθηκαν τη Δευτέρα και είπαν ότι οι "
        "συνομιλίες θα συνεχιστούν τις επόμενες εβδομάδες."
    ),
    "ka": (
        "ორი ქვეყნის საგარეო საქმეთა მინისტრები ორშაბათს შეხვდნენ და თქვეს, რომ "
        "მოლაპარაკებები გაგრძელდება."
    ),
    "hy": (
        "Երկու երկրների արտաքին գործերի նախարարները հանդիպել են երկուշաբթի օրը և ասել, որ "
        "բանակցությունները կշարունակվեն։"
    ),
    "ta": ("இரு நாடுகளின் வெளியுறவு அமைச்சர்கள் திங்கட்கிழமை சந்தித்து பேச்சுவார்த்தை தொடரும் என்று கூறினர்."),
}


def language(declared: str, code: str | None, head: str = "") -> str | None:
    """Of a page that declares one language and has its text in another."""
    text = (SENTENCES[code] + " ") * 4 if code else "12 345 " * 40
    page = f"<html {declared}><head>{head}</head><body><p>{text}</p></body></html>"
    return clean_page(page.encode(), "https://www.river.example/world/talks").language


@pytest.mark.parametrize("code", SENTENCES)
def test_a_sentence_shows_its_language(code):
    assert detected_language(SENTENCES[code]) == code


@pytest.mark.parametrize("code", SENTENCES)
def test_the_language_of_the_text_is_found_where_none_is_declared(code):
    assert language("", code) == code


@pytest.mark.parametrize("code", SENTENCES)
def test_a_template_in_another_language_is_not_believed(code):
    assert language("lang=ja" if code in {"en", "zh"} else "lang=en", code) == code


@pytest.mark.parametrize(
    ("declared", "code"),
    [("uk", "ru"), ("ru", "uk"), ("ar", "fa"), ("zh", "ja"), ("de", "en"), ("hi", "mr")],
)
def test_letters_and_common_words_go_before_a_wrong_declaration(declared, code):
    assert language(f"lang={declared}", code) == code


@pytest.mark.parametrize(
    ("declared", "code"),
    [("nb", "no"), ("nn", "no"), ("sr", "hr"), ("bs", "hr"), ("tt", "ru"),
     ("yi", "he"), ("gl", "es")],
)  # fmt: skip
def test_a_language_that_the_text_cannot_rule_out_is_believed(declared, code):
    assert language(f"lang={declared}", code) == declared


@pytest.mark.parametrize(
    ("declared", "head", "expected"),
    [
        ("lang=pt-BR", "", "pt"),
        ("lang=''", '<meta property="og:locale" content="de_DE">', "de"),
        ("", '<meta http-equiv="content-language" content="fr, en">', "fr"),
        ("lang=eng", "", "en"),
        ("lang=xx", "", None),
        ("lang='en/../../x'", "", None),
        ("", "", None),
    ],
)
def test_a_text_without_words_leaves_what_is_declared_as_an_iso_639_1_code(
    declared, head, expected
):
    assert language(declared, None, head) == expected


@pytest.mark.parametrize("text", ["", "Talks.", "Москва", "12 345 " * 99, "\ud800" * 99, "😀" * 99])
def test_too_little_text_shows_no_language(text):
    assert detected_language(text) is None
