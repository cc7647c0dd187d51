"""Quiet words from which pseudonyms are drawn: plants and stones, then weather.

None is a slur, a body part or a title where it is read.
"""

from collections.abc import Mapping
from typing import Final

from bunniz_bbs.domain.words import Language

_FIRST: Final[Mapping[Language, str]] = {
    "fr": """
        érable tilleul genêt bruyère lierre mousse fougère menthe thym sauge
        laurier romarin bouleau saule noyer cerisier prunier figuier olivier
        cèdre sapin houx lilas iris pavot bleuet trèfle roseau jonc lotus jasmin
        myrte safran anis fenouil basilic persil cumin cannelle quartz ambre
        jade opale agate granit galet sable argile corail nacre ivoire cuivre
        étain silex tuile bois papier coton lin laine velours orme frêne avoine
    """,
    "nl": """
        esdoorn linde brem heide klimop mos varen munt tijm salie laurier
        rozemarijn berk wilg olijf ceder spar den hulst sering iris papaver
        klaver riet bies lotus jasmijn mirte saffraan anijs venkel kervel dille
        komijn kaneel kwarts amber jade opaal agaat graniet kiezel zand klei
        koraal parel ivoor koper tin vuursteen tegel hout papier katoen linnen
        wol fluweel beuk els haver rogge tarwe iep lavendel
    """,
    "en": """
        maple linden broom heather ivy moss fern mint thyme sage laurel rosemary
        birch willow walnut plum fig olive cedar spruce larch holly lilac iris
        poppy clover reed lotus jasmine myrtle saffron anise fennel chervil dill
        cumin cinnamon quartz amber jade opal agate granite pebble sand clay
        coral pearl ivory copper tin flint tile timber paper cotton linen wool
        velvet beech alder oat rye wheat
    """,
    "de": """
        Ahorn Linde Ginster Heide Efeu Moos Farn Minze Thymian Salbei Lorbeer
        Rosmarin Birke Weide Walnuss Olive Zeder Fichte Kiefer Ilex Iris Flieder
        Mohn Klee Schilf Binse Lotus Jasmin Myrte Safran Anis Fenchel Kerbel
        Dill Kümmel Zimt Quarz Ambra Jade Opal Achat Granit Kiesel Sand Ton
        Koralle Perle Elfenbein Kupfer Zinn Flint Ziegel Holz Papier Leinen
        Wolle Samt Buche Erle Hafer Roggen Weizen Ulme Lavendel
    """,
}
_SECOND: Final[Mapping[Language, str]] = {
    "fr": """
        pluie brume rosée neige givre vent brise orage éclair nuage soleil lune
        aube aurore soir minuit midi matin été hiver automne printemps rivière
        ruisseau lac étang mer vague marée écume île dune plage falaise colline
        vallée plaine prairie forêt jardin verger sentier pont phare port canal
        source torrent glacier désert étoile comète ombre lueur écho silence
        refrain rivage horizon clairière estuaire lande
    """,
    "nl": """
        regen mist dauw sneeuw rijp wind bries onweer bliksem wolk zon maan
        ochtend avond nacht middag zomer winter herfst lente rivier beek meer
        vijver zee golf getij schuim eiland duin strand klif heuvel dal vlakte
        weide woud tuin akker pad brug toren haven kanaal bron stroom gletsjer
        woestijn ster komeet schaduw gloed echo stilte refrein horizon schemer
        nevel branding hemel oever
    """,
    "en": """
        rain mist dew snow frost wind breeze storm thunder cloud sun moon dawn
        dusk evening midnight noon morning summer winter autumn spring river
        brook lake pond sea wave tide foam island dune beach cliff hill valley
        plain meadow forest garden orchard path bridge beacon harbour canal well
        stream glacier desert star comet shadow glow echo silence refrain
        horizon shore haze grove
    """,
    "de": """
        Regen Nebel Tau Schnee Reif Wind Brise Sturm Donner Wolke Sonne Mond
        Morgen Abend Nacht Mittag Sommer Winter Herbst Lenz Fluss Bach See Teich
        Meer Welle Flut Schaum Insel Düne Strand Klippe Hügel Tal Ebene Wiese
        Wald Garten Acker Pfad Brücke Feuer Hafen Kanal Quelle Strom Firn Steppe
        Stern Komet Schatten Glut Echo Stille Refrain Ufer Himmel Lichtung
        Horizont Hain
    """,
}

FIRST: Final = {language: tuple(words.split()) for language, words in _FIRST.items()}
SECOND: Final = {language: tuple(words.split()) for language, words in _SECOND.items()}
