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
        <source>Unlike {n} picture(s)</source>
        <translation>
            <numerusform>Unlike {n} picture</numerusform>
            <numerusform>Unlike {n} pictures</numerusform>
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
        <source>{n} picture(s) could not be shown, the first: {why}</source>
        <translation>
            <numerusform>{n} picture could not be shown: {why}</numerusform>
            <numerusform>{n} pictures could not be shown, the first: {why}</numerusform>
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
        <source>{n} row(s) are in {file}.</source>
        <translation>
            <numerusform>{n} row is in {file}.</numerusform>
            <numerusform>{n} rows are in {file}.</numerusform>
        </translation>
    </message>
</context>
</TS>
