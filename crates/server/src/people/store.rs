use db::{Result, Set, Tx, sql};
use model::{
    access::{Membership, Role},
    accounts::Profession,
    ids::*,
    people::*,
    time::Timestamp,
};
use serde::Deserialize;

#[derive(Deserialize)]
pub struct Row {
    pub id: PersonId,
    pub name: String,
    pub profession: Profession,
    pub suspended_at: Option<Timestamp>,
    pub created_at: Timestamp,
}

pub async fn find(tx: &mut Tx, person: PersonId) -> Result<Option<Row>> {
    sql!("select id, name, profession, suspended_at, created_at from people where id = $1", person).optional(tx).await
}

/// Everybody, by name.
pub async fn list_names(tx: &mut Tx) -> Result<Vec<(PersonId, String, String)>> {
    sql!("select id, name, name_key from people order by name_key, id").all(tx).await
}

pub async fn list(tx: &mut Tx, people: &[PersonId]) -> Result<Vec<Row>> {
    sql!(
        "select id, name, profession, suspended_at, created_at from people
         where id in (select key from jsonb_each($1)) order by name_key, id",
        Set(people)
    )
    .all(tx)
    .await
}

#[derive(Deserialize)]
struct Held {
    person: PersonId,
    name: String,
    role: String,
    scope: String,
    scope_name: String,
}

impl Held {
    /// None for a role of a later release.
    fn holder(self) -> Option<RoleHolder> {
        let role = Role::read(&self.role, &self.scope)?;
        let role = RoleShown { role, scope_name: self.scope_name };
        Some(RoleHolder { person: self.person, name: self.name, role })
    }
}

/// The roles of these people.
pub async fn list_roles(tx: &mut Tx, people: &[PersonId]) -> Result<Vec<RoleHolder>> {
    let rows: Vec<Held> = sql!(
        "select roles.person as person, people.name as name, roles.role as role, roles.scope as scope,
                coalesce(networks.name, teams.name, municipalities.name, '') as scope_name
         from roles
         join people on people.id = roles.person
         left join networks on networks.id = roles.scope
         left join teams on teams.id = roles.scope
         left join municipalities on municipalities.code = roles.scope
         where roles.person in (select key from jsonb_each($1))
         order by roles.role, scope_name, roles.scope",
        Set(people)
    )
    .all(tx)
    .await?;
    Ok(rows.into_iter().filter_map(Held::holder).collect())
}

/// Who has a role of the network or of one of its teams.
pub async fn list_holders(tx: &mut Tx, network: NetworkId) -> Result<Vec<RoleHolder>> {
    let rows: Vec<Held> = sql!(
        "select roles.person as person, people.name as name, roles.role as role, roles.scope as scope,
                coalesce(networks.name, teams.name) as scope_name
         from roles
         join people on people.id = roles.person
         left join networks on networks.id = roles.scope
         left join teams on teams.id = roles.scope and teams.state <> 'archived'
         where networks.id = $1 or teams.network = $1
         order by case roles.role when 'coordinator' then 0 when 'consultant' then 2 else 1 end, people.name_key, people.id,
                  roles.scope",
        network
    )
    .all(tx)
    .await?;
    Ok(rows.into_iter().filter_map(Held::holder).collect())
}

/// The teams of these people, of each in the order in which they joined.
pub async fn list_teams(tx: &mut Tx, people: &[PersonId]) -> Result<Vec<(PersonId, Membership)>> {
    #[derive(Deserialize)]
    struct Of {
        person: PersonId,
        team: TeamId,
        network: NetworkId,
        lead: bool,
        name: String,
        school: String,
    }
    let rows: Vec<Of> = sql!(
        "select members.person as person, members.team as team, teams.network as network, members.lead as lead,
                teams.name as name, schools.name as school
         from members
         join teams on teams.id = members.team
         join schools on schools.id = teams.school
         where members.person in (select key from jsonb_each($1)) and teams.state <> 'archived'
         order by members.joined_at, members.team",
        Set(people)
    )
    .all(tx)
    .await?;
    let of = |row: Of| {
        let Of { person, team, network, lead, name, school } = row;
        (person, Membership { team, network, mini_networks: Vec::new(), lead, name, school })
    };
    Ok(rows.into_iter().map(of).collect())
}

/// What roles can be of: networks, and teams that are not archived; each by name.
pub async fn list_scopes(tx: &mut Tx) -> Result<(Vec<(NetworkId, String)>, Vec<(TeamId, NetworkId, String)>)> {
    let networks = sql!("select id, name from networks order by name_key, id").all(tx).await?;
    let teams =
        sql!("select id, network, name from teams where state <> 'archived' order by name_key, id").all(tx).await?;
    Ok((networks, teams))
}

pub async fn delete_role(tx: &mut Tx, person: PersonId, role: Role) -> Result<u64> {
    let (name, scope) = role.spelled();
    sql!("delete from roles where person = $1 and role = $2 and scope = $3", person, name, scope).run(tx).await
}

/// Administrators who are not suspended.
pub async fn count_administrators(tx: &mut Tx) -> Result<i64> {
    sql!(
        "select count(*) from roles join people on people.id = roles.person
         where roles.role = 'administrator' and people.suspended_at is null"
    )
    .one(tx)
    .await
}

pub async fn update_suspended(tx: &mut Tx, person: PersonId, at: Option<Timestamp>) -> Result<u64> {
    sql!("update people set suspended_at = $2 where id = $1", person, at).run(tx).await
}

pub struct NewInvitation<'a> {
    pub id: InvitationId,
    pub token: &'a str,
    pub role: Role,
    pub network: Option<NetworkId>,
    pub name: &'a str,
    pub email: &'a str,
    pub by: PersonId,
    pub at: Timestamp,
    pub expires_at: Timestamp,
}

pub async fn insert_invitation(tx: &mut Tx, new: &NewInvitation<'_>) -> Result<u64> {
    let (role, scope) = new.role.spelled();
    sql!(
        "insert into role_invitations (id, token, role, scope, network, name, email, invited_by, invited_at, expires_at)
         values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        new.id,
        new.token,
        role,
        scope,
        new.network,
        new.name,
        new.email,
        new.by,
        new.at,
        new.expires_at
    )
    .run(tx)
    .await
}

#[derive(Deserialize)]
pub struct Invitation {
    pub id: InvitationId,
    role: String,
    scope: String,
    scope_name: String,
    pub name: String,
    pub email: String,
    pub invited_by: PersonId,
    pub expires_at: Timestamp,
}

impl Invitation {
    /// None for a role of a later release.
    pub fn role(&self) -> Option<RoleShown> {
        let role = Role::read(&self.role, &self.scope)?;
        Some(RoleShown { role, scope_name: self.scope_name.clone() })
    }
}

/// The working invitation of a link.
pub async fn find_invitation_of(tx: &mut Tx, token: &str, now: Timestamp) -> Result<Option<Invitation>> {
    sql!(
        "select role_invitations.id as id, role, scope, coalesce(networks.name, teams.name, municipalities.name, '') as scope_name,
                role_invitations.name as name, email, invited_by, expires_at
         from role_invitations
         left join networks on networks.id = role_invitations.scope
         left join teams on teams.id = role_invitations.scope
         left join municipalities on municipalities.code = role_invitations.scope
         where token = $1 and ended_at is null and expires_at > $2",
        token,
        now
    )
    .optional(tx)
    .await
}

/// An invitation that still works.
pub async fn find_invitation(tx: &mut Tx, id: InvitationId, now: Timestamp) -> Result<Option<Invitation>> {
    sql!(
        "select role_invitations.id as id, role, scope, coalesce(networks.name, teams.name, municipalities.name, '') as scope_name,
                role_invitations.name as name, email, invited_by, expires_at
         from role_invitations
         left join networks on networks.id = role_invitations.scope
         left join teams on teams.id = role_invitations.scope
         left join municipalities on municipalities.code = role_invitations.scope
         where role_invitations.id = $1 and ended_at is null and expires_at > $2",
        id,
        now
    )
    .optional(tx)
    .await
}

/// The role of an invitation that still works.
pub async fn find_invited_role(tx: &mut Tx, id: InvitationId) -> Result<Option<Role>> {
    let row: Option<(String, String)> =
        sql!("select role, scope from role_invitations where id = $1 and ended_at is null", id).optional(tx).await?;
    Ok(row.and_then(|(role, scope)| Role::read(&role, &scope)))
}

/// Those that still work: of a network, or with none all of the site.
pub async fn list_invitations(
    tx: &mut Tx,
    network: Option<NetworkId>,
    now: Timestamp,
) -> Result<Vec<RoleInvitationShown>> {
    let rows: Vec<Invitation> = sql!(
        "select role_invitations.id as id, role, scope, coalesce(networks.name, teams.name, municipalities.name, '') as scope_name,
                role_invitations.name as name, email, invited_by, expires_at
         from role_invitations
         left join networks on networks.id = role_invitations.scope
         left join teams on teams.id = role_invitations.scope
         left join municipalities on municipalities.code = role_invitations.scope
         where ended_at is null and expires_at > $2 and ($1 = '' or role_invitations.network = $1)
         order by invited_at desc, role_invitations.id desc limit 200",
        network.map(|network| network.to_string()).unwrap_or_default(),
        now
    )
    .all(tx)
    .await?;
    let shown = |row: Invitation| {
        let role = row.role()?;
        Some(RoleInvitationShown { id: row.id, name: row.name, role, expires_at: row.expires_at })
    };
    Ok(rows.into_iter().filter_map(shown).collect())
}

/// No row when it has ended already.
pub async fn end_invitation(tx: &mut Tx, id: InvitationId, now: Timestamp) -> Result<u64> {
    sql!("update role_invitations set ended_at = $2 where id = $1 and ended_at is null", id, now).run(tx).await
}

pub async fn update_token(tx: &mut Tx, id: InvitationId, token: &str) -> Result<u64> {
    sql!("update role_invitations set token = $2 where id = $1 and ended_at is null", id, token).run(tx).await
}
