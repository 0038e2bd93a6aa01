//! Networks, mini-networks, kinds and schools, made and changed in the interface.

use model::{
    access::{Role, Visibility},
    accounts::ReadMe,
    ids::*,
    keys::InstitutionKind,
    networks::*,
    practices::Stage,
    refusal::Code,
    schools::*,
    spaces::{ListSpaces, OpenSpace, ReadSpace},
    teams::{CreateTeam, ReadTeam},
    words::Line,
};
use tests::{TestApp, on_both};

on_both! {
    async fn a_third_kind_of_network_is_data(app) {
        let ona = app.as_("Ona").await;
        let kind = ona.call(add_network_kind("Profesinio mokymo tinklas")).await.granted();
        assert_eq!(kind.key.as_str(), "profesinio_mokymo_tinklas");
        // The same name again is another kind, with a key of its own.
        let twin = ona.call(add_network_kind("Profesinio mokymo tinklas")).await.granted();
        assert_eq!(twin.key.as_str(), "profesinio_mokymo_tinklas_2");
        let renamed = EditNetworkKind { kind: twin.key, lt: line("Kolegijų tinklas"), en: line("Network of colleges") };
        ona.call(renamed).await.granted();
        let kinds = app.anonymous().call(ListNetworkKinds {}).await.granted();
        assert_eq!(kinds.iter().map(|kind| kind.lt.as_str()).collect::<Vec<_>>(), [
            "Besimokančių mokyklų tinklas", "Tūkstantmečio mokyklos", "Profesinio mokymo tinklas", "Kolegijų tinklas"
        ]);
        let made = CreateNetwork { kind: kind.key, name: line("Amatų mokyklos"), about: None };
        let network = ona.call(made).await.granted();
        let page = app.anonymous().get(&format!("/tinklai/{}", network.id)).await;
        assert!(page.text().contains("Profesinio mokymo tinklas"));
        app.as_("Jonas").await.call(add_network_kind("Ne jam")).await.refused(Code::Forbidden);
    }

    async fn institutions_before_school_are_kinds_beside_schools_and_grades_begin_before_the_first(app) {
        let kinds = app.anonymous().call(ListInstitutionKinds {}).await.granted();
        for key in ["preschool", "preprimary", "primary", "gymnasium"] {
            assert!(kinds.iter().any(|kind| kind.key.as_str() == key), "{key}");
        }
        let bmt = app.network("bmt");
        let jonas = app.as_("Jonas").await;
        let school = jonas.call(create_school(bmt, "Darželis „Giliukas“", "preschool")).await.granted();
        jonas.call(CreateTeam { network: bmt, school: school.id, name: line("Giliukas") }).await.granted();
        let span = Stage::Preschool.span();
        assert!(span.from < 1 && span.check().is_ok());
        let ona = app.as_("Ona").await;
        let kind = ona.call(AddInstitutionKind { lt: line("Vaikų dienos centras"), en: line("Day centre") }).await.granted();
        jonas.call(create_school(bmt, "Centras „Namai“", kind.key.as_str())).await.granted();
        let renamed = EditInstitutionKind { kind: kind.key, lt: line("Dienos centras"), en: line("Day centre") };
        assert_eq!(ona.call(renamed).await.granted().lt, "Dienos centras");
    }

    async fn a_network_is_changed_by_its_coordinator_and_not_over_what_another_saved(app) {
        let jonas = app.as_("Jonas").await;
        let bmt = app.network("bmt");
        let edit = |network, version, name: &str| EditNetwork {
            network,
            version,
            kind: "bmt".parse().unwrap(),
            name: line(name),
            about: None,
        };
        assert_eq!(jonas.call(edit(bmt, 1, "Tinklas „Drauge“")).await.granted().name, "Tinklas „Drauge“");
        jonas.call(edit(bmt, 1, "Tinklas „Pavėluotas“")).await.refused(Code::Changed);
        jonas.call(edit(app.network("alytus"), 1, "Ne jo")).await.refused(Code::Forbidden);
        let wrong = EditNetwork { kind: "nera".parse().unwrap(), ..edit(bmt, 2, "Tinklas") };
        jonas.call(wrong).await.refused_at(Code::FieldWrong, "kind");
        let page = jonas.get(&format!("/tinklai/{bmt}/keisti")).await;
        assert!(page.status == 200 && page.text().contains("Tinklas „Drauge“"));
    }

    async fn a_school_is_changed_by_the_coordinator_whose_network_has_a_team_of_it(app) {
        let school = app.as_("Ona").await.call(ReadTeam { team: app.team("azuolas") }).await.granted().school;
        let edit = |version| EditSchool {
            school: school.id,
            version,
            name: line("Ąžuolyno gimnazija"),
            municipality: school.municipality,
            kind: "gymnasium".parse().unwrap(),
            size: None,
        };
        let jonas = app.as_("Jonas").await;
        assert_eq!(jonas.call(edit(1)).await.granted().kind.as_str(), "gymnasium");
        jonas.call(edit(1)).await.refused(Code::Changed);
        app.as_("Rasa").await.call(edit(2)).await.refused(Code::Forbidden);
        let theirs = app.as_("Ona").await.call(ReadTeam { team: app.team("saltinis") }).await.granted().school;
        jonas.call(EditSchool { school: theirs.id, ..edit(1) }).await.refused(Code::Forbidden);
        app.as_("Ona").await.call(EditSchool { school: theirs.id, ..edit(1) }).await.granted();
    }

    async fn an_active_team_founds_a_mini_network_and_teams_of_other_municipalities_accept(app) {
        let (azuolas, saltinis) = (app.team("azuolas"), app.team("saltinis"));
        let rasa = app.as_("Rasa").await;
        let mini = rasa.call(found(azuolas, "Skaitymo tinkliukas")).await.granted();
        assert_eq!((mini.parent, mini.teams, mini.municipalities), (Some(app.network("bmt")), 1, 1));
        // Four are no team yet; a member does not speak for the team.
        app.as_("Kristina").await.call(found(app.team("pusynas"), "Per anksti")).await.refused(Code::TeamState);
        app.as_("Tomas").await.call(found(azuolas, "Ne jo")).await.refused(Code::Forbidden);
        assert!(rasa.call(ReadMe {}).await.granted().roles.contains(&Role::Coordinator(mini.id)));

        rasa.call(InviteTeam { network: mini.id, team: saltinis }).await.granted();
        assert_eq!(read(app, mini.id).await.teams.len(), 1, "an invitation takes nobody in");
        // Nobody accepts for another's team, or without having been asked.
        let join = |team| JoinMiniNetwork { team, network: mini.id };
        rasa.call(join(saltinis)).await.refused(Code::Forbidden);
        app.as_("Kristina").await.call(join(app.team("pusynas"))).await.missing();
        let vilma = app.as_("Vilma").await;
        let asked = vilma.get(&format!("/komandos/{saltinis}")).await;
        assert!(asked.text().contains("Skaitymo tinkliukas"));
        vilma.call(join(saltinis)).await.granted();
        let page = read(app, mini.id).await;
        assert_eq!((page.network.teams, page.network.municipalities), (2, 2));

        // A space of the mini-network is seen by the teams that joined, whether or not they meet in it.
        let space = OpenSpace { network: mini.id, name: line("Skaitymo erdvė"), about: None, visibility: Visibility::Network };
        let space = rasa.call(space).await.granted().id;
        for name in ["Tomas", "Vilma", "Andrius"] {
            app.as_(name).await.call(ReadSpace { space }).await.granted();
            let list = app.as_(name).await.call(ListSpaces {}).await.granted();
            assert!(list.iter().any(|card| card.id == space), "{name}");
        }
        app.as_("Kristina").await.call(ReadSpace { space }).await.missing();
        vilma.call(LeaveMiniNetwork { team: saltinis, network: mini.id }).await.granted();
        vilma.call(ReadSpace { space }).await.missing();
        // Beside it nothing is gained: neither their own network nor another's.
        rasa.call(OpenSpace { network: app.network("bmt"), name: line("Ne jos"), about: None, visibility: Visibility::Team })
            .await
            .refused(Code::Forbidden);
    }

    async fn a_mini_network_has_no_schools_or_teams_of_its_own_and_a_network_invites_none(app) {
        let rasa = app.as_("Rasa").await;
        let mini = rasa.call(found(app.team("azuolas"), "Skaitymo tinkliukas")).await.granted().id;
        rasa.call(create_school(mini, "Nauja mokykla", "primary")).await.refused(Code::NetworkWhole);
        let school = rasa.call(ReadTeam { team: app.team("azuolas") }).await.granted().school.id;
        rasa.call(CreateTeam { network: mini, school, name: line("Nauja") }).await.refused(Code::NetworkWhole);
        let jonas = app.as_("Jonas").await;
        let ask = InviteTeam { network: app.network("bmt"), team: app.team("saltinis") };
        jonas.call(ask).await.refused(Code::NetworkMini);
        rasa.call(RemoveTeam { network: mini, team: app.team("saltinis") }).await.missing();
        rasa.call(RemoveTeam { network: mini, team: app.team("azuolas") }).await.granted();
        assert!(read(app, mini).await.teams.is_empty());
    }
}

fn line<const MAX: usize>(text: &str) -> Line<MAX> {
    Line::new(text).unwrap()
}

fn add_network_kind(lt: &str) -> AddNetworkKind {
    AddNetworkKind { lt: line(lt), en: line("Network of vocational schools") }
}

fn create_school(network: NetworkId, name: &str, kind: &str) -> CreateSchool {
    let kind: InstitutionKind = kind.parse().unwrap();
    CreateSchool { network, name: line(name), municipality: MunicipalityCode::new(53).unwrap(), kind, size: None }
}

fn found(team: TeamId, name: &str) -> FoundMiniNetwork {
    FoundMiniNetwork { team, name: line(name), about: None }
}

async fn read(app: &TestApp, network: NetworkId) -> NetworkPage {
    app.as_("Ona").await.call(ReadNetwork { network }).await.granted()
}
