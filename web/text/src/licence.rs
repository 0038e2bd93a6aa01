//! Words of the page about the program and its licence.

texts! {
    title: "Programa ir jos licencija", "The program and its licence";
    footer: "Licencija", "Licence";
    says: "Tinklaveika yra laisvoji programa: ją galima naudoti, tirti, keisti ir platinti pagal GNU Affero bendrosios viešosios licencijos trečiąją arba vėlesnę versiją.",
        "Tinklaveika is free software: it may be used, studied, changed and shared under the GNU Affero General Public License, version 3 or later.";
    source: "Pirminis programos kodas", "Source";
    source_at: "Šioje svetainėje veikiančios programos pirminį kodą kiekvienas gali gauti čia:",
        "Everyone can get the source of the program that runs this site here:";
    version(version): "Čia veikia {version} versija.", "This site runs version {version}.";
    whole: "Visas licencijos tekstas", "The whole text of the licence";
}
