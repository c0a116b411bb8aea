"""Invented people, shops, streets and words; only the towns and their postal codes are real."""

from __future__ import annotations

FIRST = (
    "Adele", "Gennaro", "Assunta", "Ciro", "Concetta", "Salvatore", "Nunzia", "Pasquale", "Immacolata", "Raffaele", "Giulia", "Marco",
    "Chiara", "Luca", "Francesca", "Antonio", "Elena", "Davide", "Sofia", "Nicolò", "Beatrice", "Andrea", "Mariarosaria", "Vincenzo",
)  # fmt: skip
LAST = (
    "Fontanarosa", "Esposito", "Capodilupo", "De Crescenzo", "Scognamiglio", "Di Gennaro", "Quagliarella", "Iannuzzi", "Santacroce", "Ferrigno",
    "Battinelli", "Dell'Aversana", "Cacciapuoti", "Marrazzo", "Boccadifuoco", "Ravel", "Sottocasa", "Tramontano", "Pellegrino", "Zuccarelli",
)  # fmt: skip
ABROAD = (
    ("Zoë Lindqvist", "Götgatan 41 B", "118 26", "Stockholm", "SE", "+46812345678"),
    ("Małgorzata Wójcik", "ul. Świętokrzyska 12 m. 4", "00-044", "Warszawa", "PL", "+48221234567"),
    ("Γιώργος Παπαδόπουλος", "Οδός Ερμού 25", "105 63", "Αθήνα", "GR", "+302101234567"),
    ("Ayşe Yıldırım", "İstiklal Caddesi 118/3", "34430", "İstanbul", "TR", "+902121234567"),
    ("Jürg Aeschbacher", "Spitalgasse 9", "3011", "Bern", "CH", "+41311234567"),
    ("Maëlle Lefèvre", "12 bis, rue de l'Échiquier", "75010", "Paris", "FR", "+33112345678"),
    ("Concepción Núñez", "Calle de Fuencarral 77, 3º izq.", "28004", "Madrid", "ES", "+34911234567"),
    ("Anneliese Müßig", "Große Bleichen 21", "20354", "Hamburg", "DE", "+494012345678"),
)
STREETS = (
    "Via Nuova delle Prove 118 bis, scala B, int. 4",
    "Vico Lungo Sant'Agostino degli Scalzi a Materdei 31",
    "Corso Umberto I 12",
    "Via Santa Teresa degli Scalzi 155, palazzo Ferrigni, interno 9",
    "Salita Pontecorvo 7",
    "Via dei Mille 40",
    "Viale Augusto 62, presso portineria",
    "Contrada Sant'Elia snc",
    "Piazza Mercato 3",
)
TOWNS = (
    ("80133", "Napoli", "NA"), ("81100", "Caserta", "CE"), ("84121", "Salerno", "SA"), ("70122", "Bari", "BA"), ("00187", "Roma", "RM"),
    ("20123", "Milano", "MI"), ("10121", "Torino", "TO"), ("90133", "Palermo", "PA"), ("09124", "Cagliari", "CA"), ("50122", "Firenze", "FI"),
)  # fmt: skip
RETAILERS = (
    ("Gioielleria Esempio", "02613340609", (
        ("Gioielleria Esempio Caserta", "Corso Prova 12", "81100", "Caserta", "CE"),
        ("Gioielleria Esempio Napoli", "Via Toledo 300", "80134", "Napoli", "NA"),
        ("Gioielleria Esempio Salerno", "Corso Vittorio 88", "84121", "Salerno", "SA"),
    )),
    ("Oreficeria Tramonti e Figli dal 1961 – Orologi, Argenti e Bomboniere", "00743110157", (
        ("Oreficeria Tramonti e Figli – Bari, Galleria del Borgo Murattiano", "Via Sparano 21", "70121", "Bari", "BA"),
        ("Oreficeria Tramonti Lecce", "Via Trinchese 5", "73100", "Lecce", "LE"),
    )),
    ("L'Ora Giusta", "07643520567", (
        ("L'Ora Giusta Roma", "Via del Tritone 61", "00187", "Roma", "RM"),
        ("L'Ora Giusta Milano", "Corso Buenos Aires 14", "20124", "Milano", "MI"),
    )),
)  # fmt: skip
LAB_PEOPLE = (
    ("Tommaso Sorrentino", "technician", "tecnico@demo.example"),
    ("Serena Mautone", "technician", "serena@demo.example"),
    ("Rosa Vitale", "front_desk", "banco@demo.example"),
    ("Carmela Improta", "manager", "responsabile@demo.example"),
)
MODELS = (
    ("OPSPW-482", "Posh Paris", "watch", True, 8900), ("OPSPW-310", "Bon Bon", "watch", False, 5900), ("OPSPW-655", "Shiny Crono", "watch", True, 12900),
    ("OPSPW-127", "Cubic Mini", "watch", False, 6900), ("OPSSW-21", "Call Smartwatch", "smartwatch", True, 9900),
    ("OPSSW-34", "Active Amoled", "smartwatch", True, 12900), ("OPSBR-77", "Bracciale True", "jewel", False, 3900),
    ("OPSCL-09", "Collana Glitter", "jewel", False, 4900), ("OPSOR-15", "Orecchini Stellar", "jewel", False, 2900), ("OPSAN-08", "Anello Rainbow", "jewel", False, 3400),
)  # fmt: skip
PARTS = (
    ("P-377", "Pila 377 (SR626SW)", ("watch",), 600), ("P-364", "Pila 364 (SR621SW)", ("watch",), 600), ("P-2035", "Movimento Miyota 2035", ("watch",), 2400),
    ("P-GUARN", "Serie guarnizioni", ("watch",), 400), ("P-VETRO285", "Vetro minerale 28,5 mm", ("watch",), 1800), ("P-COR50", "Corona 5,0 mm", ("watch",), 900),
    ("P-CINT20", "Cinturino silicone 20 mm", ("watch", "smartwatch"), 1500), ("P-DISP21", "Display SW-21", ("smartwatch",), 3400),
    ("P-TOUCH34", "Touch SW-34", ("smartwatch",), 2800), ("P-SCH21", "Scheda SW-21", ("smartwatch",), 3900), ("P-CHIUS", "Chiusura a moschettone", ("jewel",), 500),
    ("P-ANELL", "Anellino 4 mm", ("jewel",), 200), ("P-CRIST3", "Cristallo 3 mm", ("jewel",), 300),
)  # fmt: skip
COMPLAINTS = {
    "watch": (("S02", "Si ferma la notte, poi riparte."), ("S04", "È fermo, credo la pila."), ("S08", "La corona è dura e non si preme fino in fondo."),
              ("S09", "La lancetta dei minuti gira a vuoto."), ("S10", "Il vetro si è graffiato."), ("S11", "C'è condensa sotto il vetro dopo la pioggia."), ("S12", "")),
    "smartwatch": (("S17", "Il display ha delle righe verdi."), ("S18", "Il touch risponde solo in alto."), ("S06", "Non si carica più con il suo cavo."), ("S19", "")),
    "jewel": (("S14", "È caduto un cristallo, l'ho conservato."), ("S13", "La chiusura si apre da sola."), ("S16", "La catena si è rotta vicino all'anellino."), ("S15", "")),
}  # fmt: skip
