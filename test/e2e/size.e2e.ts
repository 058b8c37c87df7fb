import { expect, test } from "vitest";
import type { Play } from "../../examples/fieldTasks/play/deployment";
import { prepareScene } from "./scene";

const scene = prepareScene();

/** Copies the first task in the database itself: writers look each row up first, which takes convex-test minutes. */
async function repeatTask({ runner }: Play, count: number): Promise<void> {
  await runner.convex.run(async (ctx) => {
    const first = await ctx.db.query("tasks").first();
    if (first === null) throw new Error("No task to repeat.");
    const { _id, _creationTime, ...row } = first;
    for (let copy = 2; copy <= count + 1; copy += 1) {
      const clientId = `${String(row["clientId"]).slice(0, -4)}${String(copy).padStart(4, "0")}`;
      await ctx.db.insert("tasks", { ...row, clientId, text: `Check meter ${copy}` });
    }
  });
}

test("5,000 tasks are downloaded, listed and edited", async () => {
  const { office, play, open } = scene();
  await office.addTask("Check meter 1", await office.addProject("Harbour"));
  await repeatTask(play, 4_999);
  const phone = await open();
  const started = Date.now();
  await phone.signIn("crew7");
  await phone.page.getByText("5,000 tasks").waitFor({ timeout: 120_000 });
  const download = Date.now() - started;
  const reloaded = Date.now();
  await phone.page.reload();
  await phone.page.getByText("5,000 tasks").waitFor();
  const start = Date.now() - reloaded;
  await phone.addTask("One more");
  const edited = Date.now();
  await phone.task("One more").click();
  await phone.page.getByText("5,000 tasks").waitFor();
  const edit = Date.now() - edited;
  await phone.waitForStatus("Everything is saved");
  console.log(`5,000 tasks: download ${download} ms, start ${start} ms, edit ${edit} ms`);
  const stored = await play.runner.convex.run((ctx) =>
    ctx.db
      .query("tasks")
      .filter((task) => task.eq(task.field("text"), "One more"))
      .unique(),
  );
  expect(stored).toMatchObject({ isCompleted: true });
});
