import { ConvexHttpClient } from "convex/browser";
import { api } from "../../examples/fieldTasks/convex/_generated/api";
import { makeToken } from "../loopback/tokens";

/** The web side: a browser of the office, signed in as the crew. */
export function openOffice(url: string, name: string) {
  const client = new ConvexHttpClient(url);
  client.setAuth(makeToken(name, Date.now()));
  const { office } = api;
  return {
    addProject: (project: string) => client.mutation(office.addProject, { name: project }),
    addTask: (text: string, project: string) => client.mutation(office.addTask, { text, project }),
    rewordTask: (clientId: string, text: string) =>
      client.mutation(office.rewordTask, { clientId, text, priority: "high" }),
    renameProject: (clientId: string, project: string) =>
      client.mutation(office.renameProject, { clientId, name: project }),
    removeProject: (clientId: string) => client.mutation(office.removeProject, { clientId }),
    rewordNote: (clientId: string, body: string) =>
      client.mutation(office.rewordNote, { clientId, body }),
    /** What the server has, as a device asks for it. */
    tasks: async () => rowsOf(await client.query(api.sync.getAllTasksForUser, { cursor: null })),
    notes: async () => rowsOf(await client.query(api.sync.getAllNotesForUser, { cursor: null })),
  };
}

export type Office = ReturnType<typeof openOffice>;

type Reply<Row> = { readonly status: string; readonly rows?: readonly Row[] };

function rowsOf<Row>(reply: Reply<Row>): readonly Row[] {
  if (reply.rows === undefined) throw new Error(`No rows: ${reply.status}`);
  return reply.rows;
}
