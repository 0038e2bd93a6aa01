//! Words of accounts and sign-ins.

texts! {
    sign_in: "Prisijungti", "Sign in";
    sign_out: "Atsijungti", "Sign out";
    sign_in_title: "Prisijungimas", "Sign in";
    sign_in_lead: "Prisijunkite savo paskyra.", "Sign in with your account.";
    email: "El. paštas", "E-mail";
    email_help: "Jo niekas nematys, tik jūs.", "Nobody will see it but you.";
    password: "Slaptažodis", "Password";
    password_help: "Bent 12 ženklų. Tinka keli žodžiai iš eilės, tarpai leidžiami.",
        "At least 12 characters. A few words in a row will do; spaces are allowed.";
    shared_computer: "Šiuo kompiuteriu naudojasi ir kiti", "Others use this computer too";
    shared_computer_help: "Pusvalandį nieko nedarę būsite atjungti.", "You are signed out after half an hour without use.";
    forgot: "Pamiršau slaptažodį", "I forgot my password";
    forgot_title: "Pamirštas slaptažodis", "A forgotten password";
    forgot_lead: "Įrašykite el. pašto adresą, kuriuo prisijungiate. Atsiųsime nuorodą naujam slaptažodžiui susikurti.",
        "Enter the e-mail address that you sign in with. We will send a link by which you choose a new password.";
    forgot_button: "Siųsti nuorodą", "Send the link";
    forgot_sent: "Patikrinkite el. paštą", "Look at your mail";
    forgot_sent_lead: "Jei šis adresas turi paskyrą, nuoroda jau išsiųsta. Ji galioja 30 minučių ir tinka vieną kartą.",
        "If this address has an account, the link is on its way. It works for 30 minutes, once.";
    forgot_sent_else: "Laiško nėra? Pažiūrėkite šlamšto aplanke. Jei ir ten nėra, pasitikrinkite adresą ir prašykite dar kartą po dešimties minučių.",
        "No letter? Look in the spam folder. If it is not there either, check the address and ask again after ten minutes.";
    reset_title: "Naujas slaptažodis", "A new password";
    reset_lead: "Susikurkite naują slaptažodį. Visuose įrenginiuose reikės prisijungti iš naujo.",
        "Choose a new password. You will have to sign in again on all devices.";
    reset_button: "Pakeisti slaptažodį", "Change the password";
    reset_done: "Slaptažodis pakeistas", "The password is changed";
    reset_done_lead: "Dabar prisijunkite nauju slaptažodžiu.", "Now sign in with the new password.";
    verification_again: "Siųsti patvirtinimo nuorodą dar kartą", "Send the verification link once more";
    no_account: "Paskyros dar neturite?", "No account yet?";
    no_account_step: "Paprašykite komandos vadovo kvietimo nuorodos arba įrašykite jo kodą.",
        "Ask your team lead for an invitation link, or enter its code.";
    not_kept: "Šis adresas be HTTPS, todėl naršyklė prisijungimo neišsaugos. Administratoriau, nurodykite HTTPS adresą (--url).",
        "This address is without HTTPS, so browsers keep no sign-in here. Administrator: give an HTTPS address (--url).";

    set_up_title: "Administratoriaus paskyra", "An administrator’s account";
    set_up_lead: "Susikurkite paskyrą, kuria prižiūrėsite platformą.",
        "Make the account by which you will look after the site.";
    set_up_button: "Sukurti paskyrą", "Create the account";
    name: "Vardas ir pavardė", "Name and surname";
    name_help: "Taip jus matys kolegos.", "This is how colleagues will see you.";
    profession: "Pareigos mokykloje", "Role at school";

    account_title: "Paskyra", "Account";
    roles: "Vaidmenys", "Roles";
    teams: "Komandos", "Teams";
    suspended: "Paskyra sustabdyta", "The account is suspended";
    verified: "patvirtintas", "verified";
    not_verified: "dar nepatvirtintas: atidarykite nuorodą laiške", "not verified yet: open the link in the e-mail";
    verify_title: "El. pašto patvirtinimas", "E-mail verification";
    verify_button: "Patvirtinti el. paštą", "Verify the e-mail";
    verify_lead: "Patvirtinkite, kad šis el. pašto adresas jūsų.", "Confirm that this e-mail address is yours.";
    verified_now: "El. paštas patvirtintas.", "The e-mail is verified.";
    sign_ins: "Kur esate prisijungę", "Where you are signed in";
    this_device: "šis įrenginys", "this device";
    since: "prisijungta", "signed in";
    last_seen: "naudota", "used";
    end_sign_in: "Atjungti", "Sign out there";
    end_others: "Atjungti visur kitur", "Sign out everywhere else";
    only_here: "Esate prisijungę tik čia.", "You are signed in only here.";
    change_password: "Keisti slaptažodį", "Change the password";
    current_password: "Dabartinis slaptažodis", "Current password";
    new_password: "Naujas slaptažodis", "New password";
    change_password_help: "Pakeitus slaptažodį, kituose įrenginiuose reikės prisijungti iš naujo.",
        "After the change you will have to sign in again on other devices.";

    teacher: "Mokytojas (-a)", "Teacher";
    class_head: "Klasės vadovas (-ė)", "Class head";
    pupil_support: "Pagalbos mokiniui specialistas (-ė)", "Pupil support specialist";
    deputy_head: "Direktoriaus pavaduotojas (-a) ugdymui", "Deputy head for education";
    head: "Direktorius (-ė)", "Head";
    specialist: "Švietimo specialistas (-ė)", "Education specialist";
    other: "Kita", "Other";

    administrator: "Platformos administratorius (-ė)", "Administrator of the site";
    coordinator: "Tinklo koordinatorius (-ė)", "Network coordinator";
    consultant: "Komandos konsultantas (-ė)", "Consultant of a team";
    expert: "Tinklo ekspertas (-ė)", "Expert of a network";
    municipal_specialist: "Savivaldybės švietimo specialistas (-ė)", "Specialist of a municipality";
    centre_specialist: "Mokytojų švietimo centro specialistas (-ė)", "Specialist of a teacher education centre";
}

texts! {
    verify_mail_subject: "Patvirtinkite savo el. pašto adresą", "Confirm your e-mail address";
    reset_mail_subject: "Naujas slaptažodis", "A new password";
    reset_mail(link): "Sveiki,\n\nkažkas paprašė pakeisti šio adreso slaptažodį Tinklaveikoje. Jei tai Jūs, naują slaptažodį susikursite čia:\n\n{link}\n\nNuoroda galioja 30 minučių ir tinka vieną kartą. Jei neprašėte, nieko daryti nereikia: slaptažodis liko toks, koks buvo.\n\nTinklaveika\n",
        "Hello,\n\nsomebody asked to change the password of this address at Tinklaveika. If it was you, choose a new one here:\n\n{link}\n\nThe link works for 30 minutes, once. If it was not you, there is nothing to do: the password is as it was.\n\nTinklaveika\n";
    verify_mail(link): "Sveiki,\n\nšiuo adresu ką tik buvo sukurta paskyra Tinklaveikoje. Jei tai Jūs, patvirtinkite adresą:\n\n{link}\n\nNuoroda galioja septynias dienas. Jei paskyros nekūrėte, nieko daryti nereikia.\n\nTinklaveika\n",
        "Hello,\n\nan account at Tinklaveika has just been made with this address. If it was you, please confirm the address:\n\n{link}\n\nThe link works for seven days. If it was not you, there is nothing to do.\n\nTinklaveika\n";
}
