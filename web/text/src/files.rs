//! Words of attached files.

texts! {
    title: "Failai", "Files";
    attach: "Pridėti failą", "Attach a file";
    file: "Failas", "File";
    limits(mb, files): "Iki {mb} MB. Tinka PDF, DOCX, XLSX, PPTX, ODT, ODS, ODP, TXT, CSV, MD, JPEG, PNG ir WebP. Dar telpa failų: {files}.",
        "Up to {mb} MB. PDF, DOCX, XLSX, PPTX, ODT, ODS, ODP, TXT, CSV, MD, JPEG, PNG and WebP are taken. Room for files left: {files}.";
    /// Of what the guard cannot read.
    unread: "PDF ir paveikslų teksto automatiškai netikriname: patys peržiūrėkite, ar nėra mokinių vardų, veidų ir asmens kodų.",
        "What is written in PDF and pictures is not checked automatically: see for yourself that there are no names or faces of pupils and no personal codes.";
    pictures: "Iš nuotraukų pašaliname, kur, kada ir kuo fotografuota.",
        "Where, when and with what a photograph was taken is removed.";
    again: "Failą reikia pasirinkti iš naujo.", "The file has to be chosen again.";
    full: "Daugiau failų čia netelpa: pašalinkite nereikalingą.", "There is no room for more files here: remove one that is not needed.";
    remove_heard(name): "Pašalinti failą „{name}“", "Remove the file “{name}”";
    remove_means: "Failas bus ištrintas visam laikui.", "The file will be deleted for good.";
    megabytes(n): "{n} MB", "{n} MB";
    kilobytes(n): "{n} KB", "{n} KB";
    bytes(n): "{n} B", "{n} B";
}

/// As file managers show it: 1,024 of each in the next one, one digit after the comma below ten.
pub fn size(lang: crate::Lang, length: i64) -> String {
    let shown = |unit: i64| {
        let tenths = (length * 10 + unit / 2) / unit;
        let comma = if lang == crate::Lang::Lt { ',' } else { '.' };
        match tenths {
            100.. => ((length + unit / 2) / unit).to_string(),
            _ if tenths % 10 == 0 => (tenths / 10).to_string(),
            _ => format!("{}{comma}{}", tenths / 10, tenths % 10),
        }
    };
    match length {
        0..1024 => bytes(lang, length),
        1024..1_048_576 => kilobytes(lang, shown(1024)),
        _ => megabytes(lang, shown(1_048_576)),
    }
}

#[cfg(test)]
mod tests {
    use crate::Lang;

    #[test]
    fn a_size_is_told_as_file_managers_do() {
        for (length, told) in [
            (0, "0 B"),
            (1023, "1023 B"),
            (1024, "1 KB"),
            (1536, "1,5 KB"),
            (345_678, "338 KB"),
            (26_214_400, "25 MB"),
            (1_300_000, "1,2 MB"),
        ] {
            assert_eq!(super::size(Lang::Lt, length), told);
        }
        assert_eq!(super::size(Lang::En, 1536), "1.5 KB");
    }
}
