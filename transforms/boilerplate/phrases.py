"""What pages say around their articles, in the languages of the diplomatic feeds.

All in lower case, separated by bars or line breaks; a final `_` stands for a space. Sources: lines
that the extractor kept and the gold text of the development sets did not have (861 pages, 40
countries), and their counterparts in other languages.
"""

LINES = """
advertisement|advertising|advert|ad|sponsored|sponsored content|promoted|promoted content
paid post|anzeige|werbung
publicité|publicite|publicidad|publicidade|pubblicità|reklama|reklam|reclame|annons|mainos|реклама
広告|广告|廣告|광고|إعلان|विज्ञापन|iklan
read more|read next|read also|read full article|continue reading|keep reading|show more|load more
see more|more|view more|learn more|click here
share|share this|share article|share on facebook|share on twitter|share on x|tweet|print|email
copy link|link copied|save|bookmark|follow|follow us|listen|listen to this article|play|watch
watch live|live
comments|comment|view comments|show comments|leave a comment|post a comment|no comments|reply
report this comment
subscribe|subscribe now|sign up|sign in|log in|login|register|join now|donate|newsletter
newsletters|get the newsletter
tags|tags:|topics|topics:|related topics|loading|loading...|loading…|close|menu|search|home
skip to content|back to top|top|next|previous|gallery|photos|photo|video|videos|image|slideshow
enlarge image|view gallery|hide caption|toggle caption
weiterlesen|mehr|mehr lesen|mehr anzeigen|teilen|drucken|merken|kommentare|jetzt lesen
zur startseite|artikel anhören|vorlesen|newsletter abonnieren|artikel teilen
lire la suite|lire plus|lire aussi|partager|imprimer|commenter|commentaires|s'abonner|voir plus
en savoir plus|écouter
leer más|seguir leyendo|compartir|imprimir|comentarios|comentar|suscríbete|ver más|más información
escuchar
leia mais|saiba mais|ler mais|compartilhar|partilhar|comentários|assine|continue lendo|ver mais
ouvir
leggi anche|leggi tutto|condividi|commenti|stampa|continua a leggere|scopri di più|abbonati
czytaj więcej|czytaj dalej|udostępnij|komentarze|skomentuj|drukuj|czytaj także|subskrybuj
читать далее|читать полностью|подробнее|поделиться|комментарии|подписаться|читайте также
lees meer|lees verder|delen|reageer|dela|läs mer|del|les mer|læs mere|jaa|lue lisää
paylaş|devamını oku|yorumlar|bagikan|baca juga|baca selengkapnya|selengkapnya|halaman selanjutnya
分享|阅读更多|閱讀更多|查看更多|评论|留言|收藏|点赞|打印|シェア|続きを読む|記事を読む|コメント
印刷|공유|댓글|기사 더보기|더보기|인쇄|شارك|اقرأ المزيد
تعليقات|طباعة|शेयर करें|और पढ़ें
"""
"""Whole lines that are never article text."""

STARTS = """
advertisement -|read more:|read more about_|read also:|read next:|read the full_|see also:
also read:|also read_|more from_|related:|recommended:|watch:|watch_|must read|share this_
share on_|follow us_|follow our_|follow me on_|sign up for_|sign up to_|subscribe to_
subscribe now_|log in to_|image source|image caption|image credit|image:|photo:|photo by_|photos:
photos by_|photograph:|picture:|pictures:|photo credit|file photo|video:|credit:|getty images
source:|sources:|filed under|posted in_|posted on_|posted by_|published by_|published on_
published:|updated:|last updated|last modified|first published|copyright_|©_|(c)_|tags:|topics:
category:|categories:|keywords:|about the author|listen to_|click to_|click here_|back to_
skip to_|image 1 of_|image 2 of_|image 3 of_|image 4 of_|image 5 of_|slide_|latest videos from
get the latest_|tap here_|join our_|join us_|download our_|download the app|story continues_
this article was originally_|this story was originally_|republished_|reporting by_|editing by_
additional reporting_
lesen sie auch|lesen sie mehr|lesen sie hier|mehr zum thema|mehr dazu|foto:|fotos:|bild:|bilder:
quelle:|grafik:|stand:|aktualisiert am_|veröffentlicht am_|folgen sie uns|hören sie_
lire aussi|lire également|à lire aussi|à lire également|photo :|crédit_|crédits_|source :
publié le_|mis à jour le_|suivez-nous|abonnez-vous|inscrivez-vous|voir aussi
lea también|lee también|leer también|te puede interesar|le puede interesar|lea además|foto:_
imagen:|fuente:|publicado el_|actualizado_|síguenos|suscríbete_|más información_
leia também|leia mais:|veja também|saiba mais|imagem:|crédito:|fonte:|publicado em_|atualizado em_
siga o_|siga-nos
leggi anche|leggi pure|guarda anche|fonte:|pubblicato il_|aggiornato il_|iscriviti_|seguici_
czytaj także|czytaj też|czytaj również|czytaj więcej|zobacz też|zobacz także|zobacz również
źródło:|fot._|fot.|opublikowano_|aktualizacja:
читайте также|читать также|смотрите также|фото:|источник:|подписывайтесь|подпишитесь|опубликовано
обновлено
lees ook|zie ook|bron:|läs också|läs även|läs mer:|foto :_|les også|læs også|lue myös|kuva:|kilde:
källa:|číst také|čtěte také|přečtěte si|zdroj:|olvasta már|forrás:
baca juga|simak juga|sumber:|ayrıca okuyun|ilgili haber|kaynak:
相关阅读|相关新闻|相關新聞|延伸閱讀|延伸阅读|责任编辑|責任編輯|编辑：|来源：|來源：|记者：
图片来源|版权|【関連|関連記事|あわせて読|관련기사|관련 기사|사진=|저작권|무단
اقرأ أيضا|اقرأ ايضا|المصدر:|यह भी पढ़ें|ये भी पढ़ें|इसे भी पढ़ें
"""
"""Starts of short lines (under 100 characters) that are not article text."""

NOTICES = """
comments posted here are not|the comments posted here|comments are closed|comments are moderated
comments are subject|comments are welcome|comments on this_|comments section|leave a comment
leave a reply|post a comment|join the conversation|your comment
your email address will not be published|commenting guidelines|comment policy
refrain from using derogatory|opinions expressed in the comments|views expressed in comments
be the first to comment
comentários com_|os comentários_|seu comentário|los comentarios_|deja un comentario|tu comentario
ihre kommentare|ihr kommentar|kommentare themenbezogen|kommentarfunktion
hinterlasse einen kommentar|schreiben sie einen kommentar|les commentaires_|laissez un commentaire
laisser un commentaire|votre commentaire|i commenti_|lascia un commento|оставить комментарий
ваш комментарий|bu yoruma|yorum yaz|lascia il tuo commento
all rights reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos reservados
todos os direitos reservados|tutti i diritti riservati|все права защищены
wszelkie prawa zastrzeżone|tüm hakları saklıdır|hak cipta|무단 전재|무단전재|재배포 금지|版权所有
版權所有|未经授权|未經授權
無断転載|無断複製|جميع الحقوق محفوظة|may not be published, broadcast, rewritten
we use cookies|uses cookies|use of cookies|cookie policy|cookie notice|cookie settings
accept all cookies|accept cookies|manage cookies|verwenden cookies|verwendet cookies
utilisons des cookies|utilise des cookies|utilizamos cookies|usamos cookies|utilizza cookie
usiamo i cookie|używamy plików cookie|используем cookie|используем файлы cookie|çerez
gebruikt cookies|gebruiken cookies|your privacy choices|privacy preferences|consent to the use
sign up for our|sign up to our|sign up for the_|sign up to receive|sign up for free
subscribe to our|subscribe to the_|subscribe to get|by signing up|by clicking “sign up”
by subscribing you|our newsletter|free newsletter|daily newsletter|weekly newsletter
morning newsletter|newsletter abonnieren|newsletter an|unseren newsletter|notre newsletter
nuestra newsletter|nuestro boletín|nossa newsletter|nostra newsletter|delivered to your inbox
straight to your inbox|in your inbox|you can unsubscribe|opt out at any time
terms of service and privacy policy|terms of use and privacy policy|privacy policy and terms
follow us on|follow him on|follow her on|follow me on|connect with us on|add us as a preferred
preferred source on google|like us on facebook|join our telegram|telegram channel|whatsapp channel
whatsapp group|folgen sie uns auf|suivez-nous sur|síguenos en|siga-nos_|seguici su
подписывайтесь на|подпишитесь на наш|bizi takip
enable javascript|javascript is disabled|javascript is required|your browser does not support
your browser is not supported|ad blocker|adblocker|disable your ad
download our app|download the app|get the app|app herunterladen|ऐप डाउनलोड|back to video
recommended from editorial|story continues below|article continues below|article continues after
continues after advertisement|scroll down to_|click here to_|to read the full_
read the original article
support our journalism|support independent journalism|make a donation|unterstützen sie uns
spende, oder werden sie|faites un don|if you purchase an item|affiliate commission
we may earn a commission|earn commission|editors' picks
for more stories like this|have you got a story|got a tip|send us your|report a typo
found an error|suggest a correction|our editorial standards|journalistic standards
the standards we follow|fact-checking policy
rss 2.0 feed|durch den rss|responses to this entry|trackback|share your thoughts
"""
"""Phrases that mark a line of under 400 characters as a word from the page, not of the article."""

PAYWALLS = """
subscribe to continue|subscribe to read|subscribe to keep reading|subscribe to unlock
subscribe now to_|to continue reading|to keep reading this|to read the rest|to read this article
to read the full|to read more,_|sign in to continue|log in to continue|log in to read
register to continue|already a subscriber|already a member|already have a subscription
become a subscriber|become a member to|this content is for subscribers
this article is for subscribers|for subscribers only|subscribers only|subscriber-only
subscriber exclusive|exclusive to subscribers|exclusive to our subscribers
available to subscribers|reserved for subscribers|unlock this article|unlock the full
free articles left|free article remaining|you have reached your limit|start your free trial
choose your plan|unlimited access|unlimited online access|continue with your reading experience
create an account or sign in
jetzt weiterlesen|weiterlesen mit|jetzt abonnieren|mit einem abo|abo abschließen
nur für abonnenten|exklusiv für abonnenten|sie haben bereits ein abo|bereits abonnent
jetzt testen und|zugriff auf alle artikel|um weiterzulesen|diesen artikel weiterlesen
dieser artikel ist exklusiv
réservé aux abonnés|réservé à nos abonnés|article réservé|la suite est réservée|il vous reste
pour lire la suite|poursuivre la lecture|déjà abonné|abonnez-vous pour|reste à lire
suscríbete para|suscríbase para|para seguir leyendo|exclusivo para suscriptores
solo para suscriptores|contenido exclusivo para|ya eres suscriptor|hazte suscriptor
exclusivo para assinantes|assine para|para continuar lendo|conteúdo exclusivo|já é assinante
continue lendo com|exclusivo assinantes
contenuto riservato|riservato agli abbonati|per continuare a leggere|abbonati per|sei già abbonato
pozostało jeszcze|aby przeczytać|kup dostęp|artykuł dostępny|tylko dla subskrybentów
dalsza część artykułu|материал доступен|только для подписчиков|чтобы читать дальше
доступно по подписке
alleen voor abonnees|verder lezen\\?|word abonnee|lees verder met|för prenumeranter
bli prenumerant|for abonnenter|bliv abonnent|tilaajille|pro předplatitele|jen pro předplatitele
csak előfizetőknek|abone olun|abonelere özel|khusus pelanggan
会員限定|有料会員|この記事は有料|続きをご覧いただくには|残り|구독자 전용|유료회원|회원 전용|订阅后
付费阅读|訂閱後|للمشتركين فقط
"""
"""Phrases of a page that shows only the beginning to those who do not pay."""

HEADINGS = """
related|related articles|related stories|related news|related content|related posts|related topics
related coverage|related links|more stories|more news|more articles|more to read|more on this
more on this story|more on this topic|most read|most popular|most viewed|recommended
recommended for you|recommended stories|recommended reading|you may also like|you might also like
you may like|read also|read next|see also|up next|what to read next|don't miss|also on_|trending
trending now|popular|popular now|latest news|latest stories|latest from|latest articles
latest posts|recent posts|recent articles|top stories|top news|editor's picks|editors' picks
editor’s picks|in other news|also in the news|around the web|from our partners|sponsored links
about the author|about the authors|about the writer|leave a reply|leave a comment
join the conversation|comments|share this|share this article|explore more|keep reading
further reading
mehr zum thema|mehr aus_|mehr von_|mehr zu_|das könnte sie auch interessieren
das könnte sie interessieren|das könnte dich auch interessieren|weitere artikel|weitere themen
weitere nachrichten|weitere meldungen|meistgelesen|auch interessant|lesen sie auch|lesen sie mehr
verwandte artikel|kommentare|zum thema|aktuelle nachrichten
lire aussi|à lire aussi|à lire également|sur le même sujet|sur le même thème|articles liés
articles similaires|articles connexes|les plus lus|les plus lues|à la une|dans la même rubrique
voir aussi|commentaires
noticias relacionadas|artículos relacionados|te puede interesar|también te puede interesar
le puede interesar|lo más leído|lo más visto|más noticias|más información|más sobre_|lea también
últimas noticias|archivado en|comentarios|temas relacionados
leia também|veja também|mais lidas|mais lidos|notícias relacionadas|artigos relacionados
relacionadas|últimas notícias|comentários|mais sobre
leggi anche|articoli correlati|potrebbe interessarti|ti potrebbe interessare|i più letti
ultime notizie|commenti|notizie correlate
czytaj także|czytaj również|czytaj też|zobacz także|zobacz również|polecane|najczęściej czytane
najnowsze|powiązane|komentarze
читайте также|по теме|материалы по теме|другие новости|популярное|похожие новости|новости по теме
комментарии|ещё по теме|еще по теме|главное сегодня|последние новости
lees ook|lees meer|meer over|meest gelezen|gerelateerd|läs mer|läs också|läs även|mest läst
les også|mest lest|læs også|mest læste|lue myös|luetuimmat|číst dále|související|čtěte také
ajánlott
baca juga|berita terkait|artikel terkait|berita lainnya|terpopuler|ilgili haberler
bunlar da ilginizi çekebilir|önerilen haberler|son dakika
相关阅读|相关新闻|相关文章|相关推荐|相关报道|相關新聞|相關文章|相關報導|推荐阅读|推薦閱讀|延伸阅读
延伸閱讀|热门推荐|猜你喜欢|最新评论|热点新闻|関連記事|【関連記事】|関連ニュース
おすすめ|おすすめ記事|あわせて読みたい|人気記事|ランキング|관련기사|관련 기사|관련 뉴스
많이 본 뉴스|추천 기사|주요뉴스|댓글
اقرأ أيضا|اقرأ أيضاً|مواضيع ذات صلة|الأكثر قراءة|مقالات ذات صلة|यह भी पढ़ें|ये भी पढ़ें
संबंधित खबरें
"""
"""Headings of sections that hold other articles, comments or the author's life."""

CREDITS = """
getty images)|getty images|/getty|/reuters|/reuters)|/afp|/afp)|/ap)|/ap|via reuters|via afp
via ap)|via ap|ap photo)|/epa|/dpa|/imago|imago)|/shutterstock|shutterstock|(image: getty)
unsplash|(reuters)|/bloomberg|[photo/agencies]|[photo/xinhua]|摄|撮影
"""
"""Ends of short lines (under 250 characters) that are picture captions."""

CREDIT_MARKS = """
(image:|(photo:|(picture:|(pic:|(photo by_|(ap photo|(file photo|(foto:|(bild:|(crédit_|(crédit:
(imagen:|(credit:|(image credit|[photo by_|(photograph:|photo: ap/|(afp photo|(reuters photo
(photo courtesy|pictured from left|picture taken_|file photo:|file picture
"""
"""Marks inside short lines (under 400 characters) that are picture captions."""
