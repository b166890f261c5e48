<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="en" sourcelanguage="en">
<context>
    <name></name>
    <message numerus="yes">
        <source>It shows {n} map(s).</source>
        <translation>
            <numerusform>It shows {n} map.</numerusform>
            <numerusform>It shows {n} maps.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Makes a map with each of {n} method(s) and ranks them.</source>
        <translation>
            <numerusform>Makes a map with each of {n} method and ranks them.</numerusform>
            <numerusform>Makes a map with each of {n} methods and ranks them.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Mean of {n} map(s) of pictures of the class.</source>
        <translation>
            <numerusform>Mean of {n} map of pictures of the class.</numerusform>
            <numerusform>Mean of {n} maps of pictures of the class.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Mean of {n} map(s) of pictures said to be of the class.</source>
        <translation>
            <numerusform>Mean of {n} map of pictures said to be of the class.</numerusform>
            <numerusform>Mean of {n} maps of pictures said to be of the class.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Mean of {n} picture(s), as the maps cover them</source>
        <translation>
            <numerusform>Mean of {n} picture, as the maps cover them</numerusform>
            <numerusform>Mean of {n} pictures, as the maps cover them</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of {n} picture(s), a map has no evidence.</source>
        <translation>
            <numerusform>Of {n} picture, a map has no evidence.</numerusform>
            <numerusform>Of {n} pictures, a map has no evidence.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Of {n} picture(s), the two maps are of different classes.</source>
        <translation>
            <numerusform>Of {n} picture, the two maps are of different classes.</numerusform>
            <numerusform>Of {n} pictures, the two maps are of different classes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>Unlike {n} picture(s)</source>
        <translation>
            <numerusform>Unlike {n} picture</numerusform>
            <numerusform>Unlike {n} pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>none: it puts out {n} value(s)</source>
        <translation>
            <numerusform>none: it puts out {n} value</numerusform>
            <numerusform>none: it puts out {n} values</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>of {n} class(es).</source>
        <translation>
            <numerusform>of {n} class.</numerusform>
            <numerusform>of {n} classes.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{changed} of {n} verdict(s) changed</source>
        <translation>
            <numerusform>{changed} of {n} verdict changed</numerusform>
            <numerusform>{changed} of {n} verdicts changed</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} check(s) so far.</source>
        <translation>
            <numerusform>{n} check so far.</numerusform>
            <numerusform>{n} checks so far.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} map(s) agree within 1e-4 with what the model computes now.</source>
        <translation>
            <numerusform>{n} map agrees within 1e-4 with what the model computes now.</numerusform>
            <numerusform>{n} maps agree within 1e-4 with what the model computes now.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} method(s)</source>
        <translation>
            <numerusform>{n} method</numerusform>
            <numerusform>{n} methods</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} more match; go on typing.</source>
        <translation>
            <numerusform>{n} more matches; go on typing.</numerusform>
            <numerusform>{n} more match; go on typing.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} name(s)</source>
        <translation>
            <numerusform>{n} name</numerusform>
            <numerusform>{n} names</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} on another grid [is/are] carried over.</source>
        <translation>
            <numerusform>{n} on another grid is carried over.</numerusform>
            <numerusform>{n} on another grid are carried over.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} other file(s) passed over: no pictures.</source>
        <translation>
            <numerusform>{n} other file passed over: no pictures.</numerusform>
            <numerusform>{n} other files passed over: no pictures.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} parameter(s)</source>
        <translation>
            <numerusform>{n} parameter</numerusform>
            <numerusform>{n} parameters</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} picture(s)</source>
        <translation>
            <numerusform>{n} picture</numerusform>
            <numerusform>{n} pictures</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} picture(s) are in the table</source>
        <translation>
            <numerusform>{n} picture are in the table</numerusform>
            <numerusform>{n} pictures are in the table</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} picture(s) cannot be used.</source>
        <translation>
            <numerusform>{n} picture cannot be used.</numerusform>
            <numerusform>{n} pictures cannot be used.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} picture(s) could not be shown, the first: {why}</source>
        <translation>
            <numerusform>{n} picture could not be shown: {why}</numerusform>
            <numerusform>{n} pictures could not be shown, the first: {why}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} picture(s) of which A said {name}</source>
        <translation>
            <numerusform>{n} picture of which A said {name}</numerusform>
            <numerusform>{n} pictures of which A said {name}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} picture(s) of which B said {name}</source>
        <translation>
            <numerusform>{n} picture of which B said {name}</numerusform>
            <numerusform>{n} pictures of which B said {name}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} picture(s) of {name}</source>
        <translation>
            <numerusform>{n} picture of {name}</numerusform>
            <numerusform>{n} pictures of {name}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} picture(s) run by {engine} in {seconds} s so far; {budget} s are allowed.</source>
        <translation>
            <numerusform>{n} picture run by {engine} in {seconds} s so far; {budget} s are allowed.</numerusform>
            <numerusform>{n} pictures run by {engine} in {seconds} s so far; {budget} s are allowed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} picture(s) run by {engine} in {seconds} s; {budget} s are allowed.</source>
        <translation>
            <numerusform>{n} picture run by {engine} in {seconds} s; {budget} s are allowed.</numerusform>
            <numerusform>{n} pictures run by {engine} in {seconds} s; {budget} s are allowed.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} picture(s) said to be {name}</source>
        <translation>
            <numerusform>{n} picture said to be {name}</numerusform>
            <numerusform>{n} pictures said to be {name}</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} picture(s).</source>
        <translation>
            <numerusform>{n} picture.</numerusform>
            <numerusform>{n} pictures.</numerusform>
        </translation>
    </message>
    <message numerus="yes">
        <source>{n} row(s) are in {file}.</source>
        <translation>
            <numerusform>{n} row is in {file}.</numerusform>
            <numerusform>{n} rows are in {file}.</numerusform>
        </translation>
    </message>
</context>
</TS>
