//! Words of taking a passage out of a text.

texts! {
    title: "Pašalinti teksto dalį", "Remove a passage";
    lead: "Pašalinta dalis dingsta visam laikui: iš teksto, ankstesnių jo versijų, paieškos, sesijos įrašo ir naujų atsarginių kopijų. Jos sugrąžinti nebegalima.",
        "A removed passage is gone for good: from the text, its older versions, search, the record of a session and new backups. It cannot be brought back.";
    passage: "Ką pašalinti", "What to remove";
    passage_help: "Tiksliai taip, kaip parašyta tekste, su didžiosiomis raidėmis ir tarpais. Pašalinamos visos vietos, kuriose tai yra.",
        "Exactly as it stands in the text, with capitals and spaces. It is removed wherever it stands.";
    reason: "Priežastis", "Reason";
    reason_help: "Ją matys visi, kas mato tekstą. Pašalinamos dalies čia nekartokite.",
        "Everyone who sees the text will see it. Do not repeat the removed passage here.";
    unread: "Failus, kuriuose ši dalis yra, parodysime prieš pašalindami. PDF ir paveikslėlių turinio neperžiūrime: jei dalis yra juose, pašalinkite pačius failus.",
        "Files that contain the passage are named before anything is removed. PDF files and pictures are not looked into: if the passage is in them, remove the files themselves.";
    files: "Failai, kuriuose ši dalis yra", "Files that contain the passage";
    files_remove: "Pašalinti ir šiuos failus", "Remove these files too";
    files_leave: "Failus palikti", "Leave the files";
    remove: "Pašalinti visam laikui", "Remove for good";
    done: "Pašalinta", "Removed";
    done_says: "Jos vietoje liko ženklas „[pašalinta]“ arba „[…]“, jei dalis trumpa. Kas, kada ir kodėl pašalino, parašyta prie teksto.",
        "In its place stands the mark “[removed]”, or “[…]” if the passage was short. Who removed it, when and why is told beside the text.";
    back: "Grįžti prie teksto", "Back to the text";
    before: "Anksčiau pašalinta", "Removed earlier";
    noted: "Iš šio teksto pašalinta dalis", "A passage was removed from this text";
    by(name): "pašalino {name}", "removed by {name}";
    of_message: "Žinutė sesijoje", "A message in a session";
}
