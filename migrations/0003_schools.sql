-- The 60 municipalities of Lithuania by their ISO 3166-2 codes; the order of codes is that of the alphabet.
create table municipalities (
    code text primary key,
    name text not null,
    county text not null
);

insert into municipalities (code, name, county) values
    ('LT-01', 'Akmenės rajono savivaldybė', 'Šiaulių apskritis'),
    ('LT-02', 'Alytaus miesto savivaldybė', 'Alytaus apskritis'),
    ('LT-03', 'Alytaus rajono savivaldybė', 'Alytaus apskritis'),
    ('LT-04', 'Anykščių rajono savivaldybė', 'Utenos apskritis'),
    ('LT-05', 'Birštono savivaldybė', 'Kauno apskritis'),
    ('LT-06', 'Biržų rajono savivaldybė', 'Panevėžio apskritis'),
    ('LT-07', 'Druskininkų savivaldybė', 'Alytaus apskritis'),
    ('LT-08', 'Elektrėnų savivaldybė', 'Vilniaus apskritis'),
    ('LT-09', 'Ignalinos rajono savivaldybė', 'Utenos apskritis'),
    ('LT-10', 'Jonavos rajono savivaldybė', 'Kauno apskritis'),
    ('LT-11', 'Joniškio rajono savivaldybė', 'Šiaulių apskritis'),
    ('LT-12', 'Jurbarko rajono savivaldybė', 'Tauragės apskritis'),
    ('LT-13', 'Kaišiadorių rajono savivaldybė', 'Kauno apskritis'),
    ('LT-14', 'Kalvarijos savivaldybė', 'Marijampolės apskritis'),
    ('LT-15', 'Kauno miesto savivaldybė', 'Kauno apskritis'),
    ('LT-16', 'Kauno rajono savivaldybė', 'Kauno apskritis'),
    ('LT-17', 'Kazlų Rūdos savivaldybė', 'Marijampolės apskritis'),
    ('LT-18', 'Kėdainių rajono savivaldybė', 'Kauno apskritis'),
    ('LT-19', 'Kelmės rajono savivaldybė', 'Šiaulių apskritis'),
    ('LT-20', 'Klaipėdos miesto savivaldybė', 'Klaipėdos apskritis'),
    ('LT-21', 'Klaipėdos rajono savivaldybė', 'Klaipėdos apskritis'),
    ('LT-22', 'Kretingos rajono savivaldybė', 'Klaipėdos apskritis'),
    ('LT-23', 'Kupiškio rajono savivaldybė', 'Panevėžio apskritis'),
    ('LT-24', 'Lazdijų rajono savivaldybė', 'Alytaus apskritis'),
    ('LT-25', 'Marijampolės savivaldybė', 'Marijampolės apskritis'),
    ('LT-26', 'Mažeikių rajono savivaldybė', 'Telšių apskritis'),
    ('LT-27', 'Molėtų rajono savivaldybė', 'Utenos apskritis'),
    ('LT-28', 'Neringos savivaldybė', 'Klaipėdos apskritis'),
    ('LT-29', 'Pagėgių savivaldybė', 'Tauragės apskritis'),
    ('LT-30', 'Pakruojo rajono savivaldybė', 'Šiaulių apskritis'),
    ('LT-31', 'Palangos miesto savivaldybė', 'Klaipėdos apskritis'),
    ('LT-32', 'Panevėžio miesto savivaldybė', 'Panevėžio apskritis'),
    ('LT-33', 'Panevėžio rajono savivaldybė', 'Panevėžio apskritis'),
    ('LT-34', 'Pasvalio rajono savivaldybė', 'Panevėžio apskritis'),
    ('LT-35', 'Plungės rajono savivaldybė', 'Telšių apskritis'),
    ('LT-36', 'Prienų rajono savivaldybė', 'Kauno apskritis'),
    ('LT-37', 'Radviliškio rajono savivaldybė', 'Šiaulių apskritis'),
    ('LT-38', 'Raseinių rajono savivaldybė', 'Kauno apskritis'),
    ('LT-39', 'Rietavo savivaldybė', 'Telšių apskritis'),
    ('LT-40', 'Rokiškio rajono savivaldybė', 'Panevėžio apskritis'),
    ('LT-41', 'Šakių rajono savivaldybė', 'Marijampolės apskritis'),
    ('LT-42', 'Šalčininkų rajono savivaldybė', 'Vilniaus apskritis'),
    ('LT-43', 'Šiaulių miesto savivaldybė', 'Šiaulių apskritis'),
    ('LT-44', 'Šiaulių rajono savivaldybė', 'Šiaulių apskritis'),
    ('LT-45', 'Šilalės rajono savivaldybė', 'Tauragės apskritis'),
    ('LT-46', 'Šilutės rajono savivaldybė', 'Klaipėdos apskritis'),
    ('LT-47', 'Širvintų rajono savivaldybė', 'Vilniaus apskritis'),
    ('LT-48', 'Skuodo rajono savivaldybė', 'Klaipėdos apskritis'),
    ('LT-49', 'Švenčionių rajono savivaldybė', 'Vilniaus apskritis'),
    ('LT-50', 'Tauragės rajono savivaldybė', 'Tauragės apskritis'),
    ('LT-51', 'Telšių rajono savivaldybė', 'Telšių apskritis'),
    ('LT-52', 'Trakų rajono savivaldybė', 'Vilniaus apskritis'),
    ('LT-53', 'Ukmergės rajono savivaldybė', 'Vilniaus apskritis'),
    ('LT-54', 'Utenos rajono savivaldybė', 'Utenos apskritis'),
    ('LT-55', 'Varėnos rajono savivaldybė', 'Alytaus apskritis'),
    ('LT-56', 'Vilkaviškio rajono savivaldybė', 'Marijampolės apskritis'),
    ('LT-57', 'Vilniaus miesto savivaldybė', 'Vilniaus apskritis'),
    ('LT-58', 'Vilniaus rajono savivaldybė', 'Vilniaus apskritis'),
    ('LT-59', 'Visagino savivaldybė', 'Utenos apskritis'),
    ('LT-60', 'Zarasų rajono savivaldybė', 'Utenos apskritis');

create table institution_kinds (
    key text primary key,
    lt text not null,
    en text not null,
    position bigint not null
);

insert into institution_kinds (key, lt, en, position) values
    ('preschool', 'Ikimokyklinio ugdymo įstaiga', 'Pre-school institution', 1),
    ('preprimary', 'Priešmokyklinio ugdymo įstaiga', 'Pre-primary institution', 2),
    ('primary', 'Pradinė mokykla', 'Primary school', 3),
    ('progymnasium', 'Progimnazija', 'Pro-gymnasium', 4),
    ('basic', 'Pagrindinė mokykla', 'Basic school', 5),
    ('gymnasium', 'Gimnazija', 'Gymnasium', 6),
    ('special', 'Specialioji mokykla', 'Special school', 7),
    ('multifunctional', 'Daugiafunkcis centras', 'Multifunctional centre', 8);

create table schools (
    id text primary key,
    name text not null,
    name_key text not null,
    municipality text not null references municipalities (code),
    kind text not null references institution_kinds (key),
    created_at bigint not null
);

create index schools_municipality on schools (municipality, name_key);
