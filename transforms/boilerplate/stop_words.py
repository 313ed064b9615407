"""The commonest small words of the languages that news is written in with Latin letters.

Source: written down for this module: articles, prepositions, pronouns, auxiliary verbs. Whether
they are enough is tested with a sentence in each language.
"""

_WORDS = {
    "en": (
        "the of and to in is that for it was on are as with his they at be this from have or by "
        "not but what were which their has been would will more after said who"
    ),
    "de": (
        "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es "
        "an werden aus er hat dass sie nach wird bei einer um am sind noch wie über einen so zum "
        "war haben nur oder aber vor zur bis mehr durch man sein wurde"
    ),
    "fr": (
        "de la le et les des en un du une que est pour qui dans a par plus pas au sur ne se ce il "
        "sont avec son aux d l cette ou été s n mais comme ont leur ses elle nous être"
    ),
    "es": (
        "de la que el en y a los se del las un por con no una su para es al lo como más o pero "
        "sus le ha me sin sobre este ya entre cuando todo esta ser son dos también fue había "
        "desde está"
    ),
    "pt": (
        "de a o que e do da em um para é com não uma os no se na por mais as dos como mas foi ao "
        "ele das tem à seu sua ou ser quando muito há nos já está eu também só pelo pela até"
    ),
    "it": (
        "di e il la che in un a per è una non si del da con i le sono al dei nel alla più come lo "
        "della anche gli ha ma delle ed su se questo dal o dalla degli stato era essere"
    ),
    "nl": (
        "de van het een en in is dat op te zijn met die voor niet aan er om ook als dan maar bij "
        "of uit nog naar heeft hij worden door over wordt ze hebben tot werd zich"
    ),
    "sv": (
        "och att det i en som är av för på med den till inte har de ett om han var men sig från "
        "vi så kan när år sin också hade där nu skulle vid efter eller bara ut"
    ),
    "no": (
        "og i det at er en på til som med for av de ikke den har å et om var men han seg fra vi "
        "så kan skal blir ut når etter ved eller opp også nå mot over hun ble være"
    ),
    "da": (
        "og i at det er en til af på som med for de den ikke har et om var men han sig fra vi så "
        "kan skal når efter ved eller op også nu mod over hun blev være bliver hvor deres"
    ),
    "fi": (
        "ja on ei että se oli hän joka mutta ovat kun myös tai niin olla mukaan sekä kuin voi ole "
        "nyt jo vain sen mitä jos siitä vielä jälkeen ollut noin hänen joten tämä"
    ),
    "et": (
        "ja on ei et see oli ta ka kui aga mis mida oma ning või tema siis nii veel kes selle "
        "pärast üle juba olnud välja kuid peab"
    ),
    "pl": (
        "w i na z się nie do że o jest to jak za od po przez ale są dla co oraz tym który tego "
        "być przy ze już również pod lub tylko został może ich które przed będzie"
    ),
    "cs": (
        "a v se na je že s z o do i to k za by ve pro jako ale po od jsou podle si jeho není byl "
        "které který bude až také však ze už před mezi nebo při"
    ),
    "sk": (
        "a v sa na je že s z o do aj to k za by vo pre ako ale po od sú podľa si jeho nie bol "
        "ktoré ktorý bude až tiež však zo už pred medzi alebo pri"
    ),
    "hu": (
        "a az és hogy nem is egy meg ez de van volt csak már még mint vagy ezt el azt ki kell "
        "lehet majd be pedig szerint után alatt fel között"
    ),
    "ro": (
        "de și în a la cu pe că nu din care este pentru mai o să un al au fi se ale ca sunt prin "
        "după sau fost lui ce iar dar îi cel"
    ),
    "hr": (
        "i u je na se da su za od s o ne koji što kao to će iz do bi ili nije ali sve bio nakon "
        "koje kako te biti samo još prema koja između protiv"
    ),
    "sl": (
        "in je v na se da za so pa ki z bi po od tudi ne kot s o do ali še pri bo iz ni kar kako "
        "sta lahko kaj med več"
    ),
    "sq": (
        "të në e dhe për një me se nga i që është nuk ka do si më u janë por kjo ky ishte edhe "
        "kanë po duke apo pas"
    ),
    "tr": (
        "ve bir bu da de için ile çok olarak olan daha gibi en kadar sonra ne o ancak var göre ya "
        "değil her oldu olduğu iki ise diye ki tarafından"
    ),
    "az": (
        "və bir bu da də üçün ilə olan daha kimi sonra o edib olub ki isə hər çox olaraq onun öz "
        "deyil görə bildirib tərəfindən"
    ),
    "id": (
        "yang dan di untuk dengan ini itu dari dalam tidak pada akan ke juga oleh ada tersebut "
        "saat telah sebagai karena kata kepada adalah bisa mereka atau sudah tahun dia saya"
    ),
    "ms": (
        "yang dan di untuk dengan ini itu dari dalam tidak pada akan ke juga oleh ada berkata "
        "beliau telah sebagai kerana kata kepada adalah boleh mereka atau bahawa turut serta "
        "iaitu"
    ),
    "tl": (
        "ng sa ang na mga at ay ni si para nang kay hindi ito may niya pa ayon mula isang kung "
        "siya dahil naman po nga lang sila"
    ),
    "vi": (
        "và của là các có được cho trong với không người một những đã để khi này về ông ra từ năm "
        "đến tại vào cũng nhiều theo như sẽ trên"
    ),
    "sw": (
        "na ya wa kwa ni katika la za kuwa hiyo kama cha huo baada hilo yake wake lakini pia huyo "
        "bila alisema wakati watu mwaka ili hivyo"
    ),
    "so": ("oo ka in iyo ku waxaa u waa ah ee la uu ayaa wuxuu si kale kuwa kala laga soo sheegay"),
    "ha": ("da ta na a ya cewa wannan sun shi ne an don amma su ba ce kuma ga cikin wata zuwa"),
    "ca": (
        "de la i que el en a les els per un amb del una no és al es ha més dels seu va com però "
        "són aquest aquesta ser també"
    ),
    "eu": ("eta da ez du bat dira zen ere dute hau izan dela baina egin duen edo beste zuen"),
    "lt": (
        "ir į kad yra iš su tai bei kaip o ne buvo per po apie už dėl tik jau nuo arba taip dar "
        "šio metų"
    ),
    "lv": ("un ir ka no uz par ar arī tas lai bija kas gan pēc bet vai kā tika savu gada nav tiek"),
    "is": ("og að í á er sem til við en um var ekki það með fyrir af hann hefur þess"),
    "ga": ("agus an na ar go is le a i bhí sé tá ag don seo sin nach"),
    "af": ("die en van in is het dat nie vir op met wat te ook sy om aan was deur hulle"),
}

LANGUAGES_OF_WORD: dict[str, tuple[str, ...]] = {}
"""The languages in which a word is one of the commonest."""
for _language, _words in _WORDS.items():
    for _word in set(_words.split()):
        LANGUAGES_OF_WORD[_word] = (*LANGUAGES_OF_WORD.get(_word, ()), _language)

LATIN_LANGUAGES = tuple(_WORDS)
"""The larger one of two alike comes first: it wins a tie."""
