"""Names that fact-checkers give where nobody is named, or nobody in particular."""

from claims.reviews.review import words_of

_NOBODY = """
unknown; anonymous; n a; na; none; null; nobody; various; multiple; several; many; not known
various sources; multiple sources; unknown source; unnamed source; source unknown; viral
social media; social media users; social media user; social media posts; social media post
social network users; social networks; internet; internet users; users; netizens; online users
facebook; facebook post; facebook posts; facebook user; facebook users; facebook page
facebook pages; twitter; twitter user; twitter users; tweet; tweets; x; x user; x users; x posts
tiktok; tiktok user; tiktok users; instagram; instagram user; instagram users; instagram posts
whatsapp; whatsapp users; whatsapp message; whatsapp messages; whatsapp forward; telegram
telegram channels; telegram users; youtube; youtube users; viral post; viral posts; viral image
viral images; viral video; viral videos; viral message; chain email; chain message; blog posting
bloggers; blogs; websites; multiple websites; various websites; multiple people
multiple facebook users; multiple social media users; facebook and twitter users
inconnu; inconnue; anonyme; anonymes; divers; plusieurs; plusieurs sources; source inconnue
réseaux sociaux; les réseaux sociaux; internautes; des internautes; utilisateurs de facebook
utilisateurs des réseaux sociaux
невідомо; невідомий; невідомі; анонім; аноніми; анонімно; різні; соцмережі; соціальні мережі
користувачі соцмереж; користувачі соціальних мереж; користувачі facebook; користувачі фейсбуку
неизвестно; неизвестный; аноним; соцсети; социальные сети; пользователи соцсетей
desconocido; desconocida; anónimo; anónima; varios; redes sociales; usuarios de redes sociales
usuarios de facebook; desconhecido; desconhecida; anônimo; anónimos; vários; redes sociais
internautas; usuários de redes sociais; usuários do facebook; unbekannt; anonym; diverse
soziale medien; soziale netzwerke; nutzer sozialer medien; sconosciuto; anonimo; social network
nieznany; anonim; media społecznościowe; internauci
"""
NOBODY = frozenset(words_of(name) for line in _NOBODY.split("\n") for name in line.split(";"))


def names_nobody(name: str) -> bool:
    """Whether the claimant's name says that there is none: nobody is then named here either."""
    return words_of(name) in NOBODY
