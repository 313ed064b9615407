"""What pages say that stand in the way of an article, in the languages of the diplomatic feeds.

All in lower case, separated by bars or line breaks. Sources: the default texts of web servers,
content systems (WordPress, Drupal, Joomla, TYPO3), challenge services (Cloudflare, Akamai, Imperva,
DataDome, DDoS-Guard, PerimeterX) and consent platforms (IAB Europe TCF 2.2, Didomi, OneTrust,
Sourcepoint, Usercentrics), and their counterparts in other languages.
"""

LOST_TITLES = """
404|404 error|error 404|error 404 not found|404 not found|404 page not found|not found
page not found|page not found 404|page not found error 404|the page was not found
the page cannot be found|404 page|this page could not be found|page cannot be found
page doesn't exist|page does not exist|page missing|this page doesn't exist
page no longer available|page unavailable|content not found|story not found
this page isn't available|sorry, this page isn't available|article not found|nothing found
410 gone|sorry, page not found|oops! page not found|oops! that page can't be found
this page is not available|oops! that page can’t be found|content unavailable|article unavailable
error page|no results found|we can't find that page|we can't find the page you're looking for
500 internal server error|internal server error|502 bad gateway|bad gateway
503 service unavailable|service unavailable|503 service temporarily unavailable
504 gateway time-out|gateway timeout|site under maintenance|down for maintenance|maintenance mode
an error occurred|an error has occurred|database error|seite nicht gefunden
404 seite nicht gefunden|diese seite existiert nicht|artikel nicht gefunden|seite nicht verfügbar
die seite wurde nicht gefunden|fehler 404|inhalt nicht gefunden|wartungsarbeiten|page introuvable
page non trouvée|erreur 404|page introuvable 404|article introuvable|cette page n'existe pas
cette page n’existe pas|contenu introuvable|site en maintenance|página no encontrada
pagina no encontrada|no se encontró la página|no se ha encontrado la página|página no disponible
la página no existe|contenido no encontrado|noticia no encontrada|página não encontrada
pagina não encontrada|erro 404|conteúdo não encontrado|página inexistente|pagina non trovata
errore 404|pagina non disponibile|contenuto non trovato|pagina niet gevonden
deze pagina bestaat niet|artikel niet gevonden|fout 404|sidan hittades inte
sidan kunde inte hittas|sidan finns inte|siden blev ikke fundet|siden ble ikke funnet
siden findes ikke|siden finnes ikke|fant ikke siden|siden kunne ikke findes|sivua ei löytynyt
sivua ei löydy|virhe 404|strona nie istnieje|nie znaleziono strony|strona nie została znaleziona
błąd 404|stránka nenalezena|stránka nebyla nalezena|stránka nenájdená|stránka sa nenašla|chyba 404
az oldal nem található|a keresett oldal nem található|404 hiba|pagina nu a fost găsită|eroare 404
pagina nu a fost gasita|страницата не е намерена|страница није пронађена|stranica nije pronađena
stran ni najdena|η σελίδα δεν βρέθηκε|η σελίδα δε βρέθηκε|σφάλμα 404|страница не найдена
ошибка 404|404 страница не найдена|такой страницы нет|материал не найден|сторінку не знайдено
сторінка не знайдена|помилка 404|старонка не знойдзена|sayfa bulunamadı|404 sayfa bulunamadı
hata 404|aradığınız sayfa bulunamadı|səhifə tapılmadı|halaman tidak ditemukan
halaman tidak tersedia|laman tidak dijumpai|không tìm thấy trang|trang không tồn tại
ไม่พบหน้าที่คุณต้องการ|ไม่พบหน้า|页面不存在|页面未找到|找不到页面|您访问的页面不存在|頁面不存在
找不到頁面|找不到網頁|ページが見つかりません|お探しのページは見つかりません
ページが見つかりませんでした|페이지를 찾을 수 없습니다|페이지가 존재하지 않습니다
الصفحة غير موجودة|لم يتم العثور على الصفحة|خطأ 404|הדף לא נמצא|העמוד לא נמצא|صفحه یافت نشد
صفحه مورد نظر یافت نشد|صفحہ نہیں ملا|पेज नहीं मिला|पृष्ठ नहीं मिला|ukurasa haujapatikana
pàgina no trobada|orria ez da aurkitu
"""
"""Titles and headlines of a page that answers 200 and means 404, 410 or 5xx."""

BARRED_TITLES = """
just a moment|just a moment...|attention required!|cloudflare|access denied
access to this page has been denied|access to this page has been denied.|403 forbidden|forbidden
403 - forbidden|error 403|pardon our interruption|pardon our interruption...|are you a robot?
robot or human?|are you human?|security check|security verification|human verification
verify you are human|checking your browser|checking your browser...|one moment, please...
ddos-guard|ddos protection|bot verification|client challenge|captcha|request blocked
you are blocked|you have been blocked|sorry, you have been blocked|access restricted
unsupported browser|blocked|the request could not be satisfied|request rejected
error: the request could not be satisfied|please verify you are a human|please enable javascript
javascript required|javascript is disabled|javascript is not available.|un momento...
einen moment...|un instant...|nur einen moment...|um momento...|еще секундочку...|один момент...
しばらくお待ちください...|请稍候…|잠시만 기다리십시오…|bir dakika lütfen...|sicherheitsüberprüfung
zugriff verweigert|accès refusé|acceso denegado|acesso negado|accesso negato|доступ запрещен
доступ ограничен|доступ заборонено|erişim engellendi|odmowa dostępu|访问被拒绝|访问验证|安全验证
人机验证|アクセスが拒否されました|접근이 거부되었습니다|تم رفض الوصول
"""
"""Titles of a challenge for browsers or of a refusal to show the page."""

LOGIN_TITLES = """
log in|login|sign in|signin|sign up|register|log in or sign up|sign in or register
create an account|please log in|please sign in|member login|subscriber login|log in to continue
sign in to continue|sign in to your account|log in to your account|account login|user login
user account|anmelden|anmeldung|einloggen|registrieren|jetzt anmelden|bitte anmelden|kundenlogin
connexion|se connecter|connectez-vous|identification|identifiez-vous|s'identifier|créer un compte
iniciar sesión|inicia sesión|iniciar sesion|acceder|regístrate|registrarse|entrar|fazer login
faça login|faça seu login|accedi|login utente|registrati|inloggen|aanmelden|logga in|logg inn
log ind|kirjaudu|kirjaudu sisään|logowanie|zaloguj się|zaloguj|přihlášení|přihlásit se|prihlásenie
bejelentkezés|autentificare|conectare|вход|войти|авторизация|вход на сайт|увійти|вхід|авторизація
σύνδεση|giriş yap|üye girişi|giriş|masuk|log masuk|đăng nhập|เข้าสู่ระบบ|登录|用户登录|登入
會員登入|ログイン|로그인|تسجيل الدخول|התחברות|ورود|लॉगिन
"""
"""Titles of a page that is a form for members."""

CHALLENGES = """
checking your browser before|checking if the site connection is secure|verify you are human
verifying you are human|verify that you are human|verify that you are not a robot
you are not a robot|you're not a robot|you are a human by
needs to review the security of your connection|enable javascript and cookies to continue
please enable javascript|enable javascript in your browser|enable javascript to run this app
need to enable javascript|javascript is disabled in your browser|javascript is required
requires javascript|turn on javascript|javascript is not enabled
your browser does not support javascript|please turn javascript on and reload
please enable cookies and reload|unusual traffic from your|automated access to
unusual activity from your|complete the security check|complete the captcha|solve the captcha
performance & security by cloudflare|ddos protection by
this process is automatic. your browser will redirect|press & hold to confirm
blocked by our security|using a security service to protect itself|request unsuccessful. incapsula
you don't have permission to access|you do not have permission to access|has been blocked because
javascript aktivieren|aktivieren sie javascript|bitte aktivieren sie javascript
sie kein roboter sind|activer javascript|activez javascript|vous n'êtes pas un robot
vous n’êtes pas un robot|activar javascript|habilite javascript|active javascript
activa javascript|no eres un robot|habilitar o javascript|ative o javascript|não é um robô
abilita javascript|abilitare javascript|non sei un robot|włącz javascript|включите javascript
вы не робот|javascript'i etkinleştirin|aktifkan javascript|robot olmadığınızı|请启用javascript
请开启javascript|启用 javascript|javascriptを有効に|자바스크립트를 활성화|تفعيل جافا سكريبت
تمكين javascript
"""
"""Sentences of a challenge for browsers, and of a page that is nothing without its scripts."""

LOST = """
page you are looking for|page you were looking for|page you're looking for|page you requested
page you have requested|requested page could not|page could not be found|page cannot be found
page you tried to|nothing was found at this location|article you are looking for
link you followed may|story you are looking for|this page is no longer available
this content is no longer available|url you requested|does not exist or has been
may have been moved or deleted|may have been removed|gesuchte seite|angeforderte seite
aufgerufene seite|seite konnte nicht gefunden|seite existiert nicht|page que vous cherchez
page que vous recherchez|page demandée|page que vous avez demandée|página que busca
página que estás buscando|página que está buscando|página solicitada|página que você
página que procura|pagina che stai cercando|pagina che cerchi|pagina richiesta|pagina die u zoekt
pagina die je zoekt|opgevraagde pagina|sidan du söker|sidan du letar|siden du leter|siden du leder
etsimääsi sivua|strona, której szukasz|podana strona|hledaná stránka|hľadaná stránka
keresett oldal|pagina pe care o căutați|запрашиваемая страница|запрошенная страница
страница удалена|страница, которую вы|запитувана сторінка|сторінка, яку ви|aradığınız sayfa
halaman yang anda cari|您访问的页面|您要查看的页面|您所访问的|您要訪問的|お探しのページ
요청하신 페이지|찾으시는 페이지|الصفحة التي تبحث عنها|الصفحة المطلوبة|העמוד שחיפשת|صفحه مورد نظر
"""
"""Sentences of a page that answers 200 and means that there is nothing here."""

CONSENT_ADDRESS = """
we and our partners|we and our trusted partners|we and our vendors|with our partners
us and our partners|we value your privacy|we care about your privacy|your privacy choices
your privacy settings|your consent|your choices at any time|change your preferences
manage your preferences|your cookie|we use cookies|this site uses cookies
this website uses cookies|uses cookies to|before you continue|you can accept|you can withdraw
by clicking accept|by clicking “accept|by clicking "accept|by clicking on|if you click
i accept all|to continue to our site|part of the yahoo family|wir und unsere partner
unsere partner|ihre einwilligung|ihre zustimmung|mit ihrer einwilligung|mit ihrer zustimmung
wir verwenden cookies|diese website verwendet cookies|wir nutzen cookies|ihre privatsphäre
ihre auswahl|ihrer daten durch|mit werbung weiterlesen|wir benötigen ihre|nous et nos partenaires
nos partenaires|votre consentement|vos choix|votre vie privée|vos préférences
nous utilisons des cookies|ce site utilise des cookies|vous pouvez accepter
continuer sans accepter|nosotros y nuestros socios|nuestros socios|nuestros proveedores
su consentimiento|tu consentimiento|tu privacidad|su privacidad|utilizamos cookies|usamos cookies
este sitio utiliza cookies|nós e os nossos parceiros|nossos parceiros|nossos fornecedores
seu consentimento|sua privacidade|este site utiliza cookies|valorizamos a|noi e i nostri partner
i nostri partner|nostri partner|tuo consenso|vostro consenso|la tua privacy|utilizziamo i cookie
questo sito utilizza|continua senza accettare|le tue preferenze|wij en onze partners|onze partners
uw toestemming|jouw toestemming|je toestemming|uw privacy|jouw privacy|wij gebruiken cookies
we gebruiken cookies|deze website gebruikt cookies|my i nasi partnerzy|nasi partnerzy
naszych partnerów|twoja zgoda|twojej zgody|twoją zgodę|twoją prywatność|szanujemy twoją
używamy plików cookie|korzystamy z plików cookie|nasi zaufani partnerzy|vi och våra partner
våra partner|ditt samtycke|vi använder cookies|vi använder kakor|din integritet
vi og våre partnere|våre partnere|ditt samtykke|vi bruker informasjonskapsler|ditt personvern
vi og vores partnere|vores partnere|dit samtykke|vi bruger cookies|dit privatliv|kumppanimme
suostumuksesi|käytämme evästeitä|yksityisyytesi|my a naši partneři|naši partneři|váš souhlas
vašeho soukromí|používáme cookies|partnereink|az ön hozzájárulás|sütiket használ|partenerii noștri
consimțământul dumneavoastră|folosim cookie|мы и наши партнеры|ваше согласие
мы используем файлы cookie|мы используем cookie|ми та наші партнери|ваша згода
ми використовуємо файли|biz ve ortaklarımız|ortaklarımız|gizliliğinize|onayınız
çerezleri kullanıyoruz|çerez kullanıyoruz|εμείς και οι συνεργάτες|οι συνεργάτες μας
τη συγκατάθεσή σας|χρησιμοποιούμε cookies|το απόρρητό σας|kami dan mitra|mitra kami
persetujuan anda|kami menggunakan cookie|privasi anda|我们使用cookie|我们的合作伙伴|您的隐私
您的同意|私たちとパートナー|クッキーを使用しています|お客様の同意
"""
"""How a consent wall speaks to its reader: as "we" and "you". No report about cookies does."""

CONSENT_TERMS = """
cookie|consent|gdpr|legitimate interest|accept all|reject all|personalised ad|personalized ad
information on a device|advertising and content measurement|audience research|precise geolocation
privacy policy|third-party vendors|tcf vendors|partners|einwilligung|alle akzeptieren|ablehnen
berechtigtes interesse|berechtigten interesse|datenschutz|informationen auf einem
personalisierte anzeigen|personalisierte werbung|messung von werbe|consentement|tout accepter
tout refuser|intérêt légitime|publicités personnalisées|données personnelles|stocker et/ou accéder
informations sur un appareil|informations sur un terminal|partenaires|consentimiento|aceptar todo
rechazar todo|interés legítimo|anuncios personalizados|datos personales
información en un dispositivo|consentimento|aceitar todos|aceitar tudo|rejeitar|interesse legítimo
dados pessoais|anúncios personalizados|informações num dispositivo|consenso|accetta tutt|rifiuta
interesse legittimo|dati personali|annunci personalizzati|informazioni su un dispositivo
toestemming|alles accepteren|weigeren|gerechtvaardigd belang|persoonsgegevens|gepersonaliseerde
informatie op een apparaat|zgod|zaakceptuj|akceptuj|uzasadnion|danych osobowych|spersonalizowan
samtycke|samtykke|godkänn alla|godta alle|accepter alle|personuppgifter|personopplysninger
suostumus|hyväksy kaikki|evästee|souhlas|přijmout vše|osobních údajů|hozzájárulás|consimțământ
согласи|принять все|персональных данных|згод|прийняти все|персональних даних|çerez|kabul et
kişisel veri|συγκατάθεση|αποδοχή όλων|persetujuan|data pribadi|隐私|隱私|同意|クッキー
プライバシー
"""
"""Terms of a consent wall that a report about cookies has as well."""
