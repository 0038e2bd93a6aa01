// A site in which hostile texts stand wherever people write: the texts of the demo are put in the database in their place.

import { execFileSync } from "node:child_process";
import { join } from "node:path";

/** Columns that people write into and that have no shape: `table.column`, as `WRITTEN` of the server's redactions has them. */
export const COLUMNS = [
  "problems.title", "problems.text", "problems.group_concerned", "problems.goal", "problem_states.note", "responses.text",
  "practices.title", "practices.summary", "hidings.title", "hidings.text", "hidings.reason", "hidings.appeal", "hidings.answer",
  "reports.note", "redactions.reason", "files.name", "actions.text", "action_changes.reason", "agreements.text", "agreement_wordings.text", "agreement_reviews.reason", "sessions.title",
  "sessions.cancel_reason", "session_people.note", "attendance_corrections.reason", "note_states.text", "minutes_addenda.text", "spaces.name", "spaces.about", "teams.name", "networks.name", "networks.about",
  "plans.title", "plans.about",
  "schools.name", "people.name", "role_invitations.name", "network_kinds.lt", "institution_kinds.lt",
];
/** Of JSON: each text under one of these names. */
const JSON_COLUMNS = [
  ["problems", "evidence"], ["practices", "body"], ["versions", "text"], ["sessions", "steps"], ["session_events", "payload"],
  ["agreements", "outcome"], ["minutes", "body"], ["minutes_former", "body"],
];
const NAMES = new Set([
  "title", "text", "group", "goal", "summary", "context", "steps", "who", "time", "materials", "result", "limits", "note", "name",
  "school", "reason", "about", "team_name",
]);

const sqlite = (file, input) => execFileSync("sqlite3", ["-json", file], { input, encoding: "utf8", maxBuffer: 256 << 20 });
const quoted = (text) => `'${text.replaceAll("'", "''")}'`;

/** Puts the text into every column; of the stopped server whose data directory it is. Answers in how many rows of each. */
export function plant(data, text) {
  const file = join(data, "tinklaveika.sqlite");
  const counts = {};
  let script = "begin;\n";
  for (const place of COLUMNS) {
    const [table, column] = place.split(".");
    const rows = JSON.parse(sqlite(file, `select count(*) as n from ${table} where ${column} is not null;`) || "[{}]");
    counts[place] = rows[0].n;
    script += `update ${table} set ${column} = ${quoted(text)} where ${column} is not null;\n`;
  }
  for (const [table, column] of JSON_COLUMNS) {
    const rows = JSON.parse(sqlite(file, `select rowid as id, ${column} as value from ${table} where ${column} is not null;`) || "[]");
    counts[`${table}.${column}`] = rows.length;
    for (const { id, value } of rows) {
      const other = JSON.stringify(replaced(JSON.parse(value), text, false));
      if (other !== value) script += `update ${table} set ${column} = ${quoted(other)} where rowid = ${id};\n`;
    }
  }
  // What was written together stands there as an update of the text: one passage of one writer.
  const [{ n }] = JSON.parse(sqlite(file, "select count(*) as n from note_updates;") || "[{}]");
  counts["note_updates.data"] = n;
  script += `update note_updates set data = ${quoted(noteUpdate(1000, text))};\n`;
  sqlite(file, `${script}commit;\n`);
  return counts;
}

/** An update of Yjs (encoding 1) that writes the text under a client id. */
function noteUpdate(client, text) {
  const number = (value) => (value > 127 ? [(value & 127) | 128, ...number(value >> 7)] : [value]);
  const string = (value) => [...number(Buffer.byteLength(value)), ...Buffer.from(value)];
  return Buffer.from([1, 1, ...number(client), 0, 4, 1, ...string("notes"), ...string(text), 0]).toString("base64");
}

function replaced(value, text, written) {
  if (typeof value === "string") return written ? text : value;
  if (Array.isArray(value)) return value.map((item) => replaced(item, text, written));
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(Object.entries(value).map(([name, field]) => [name, replaced(field, text, NAMES.has(name))]));
}
