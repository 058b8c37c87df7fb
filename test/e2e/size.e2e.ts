import { expect, test } from "vitest";
import { prepareScene } from "./scene";

const scene = prepareScene();

test("5,000 tasks are downloaded, listed and edited", async () => {
  const { office, open } = scene();
  const project = await office.addProject("Harbour");
  await office.addTasks(5_000, project);
  const phone = await open();
  const started = Date.now();
  await phone.signIn("crew7");
  await phone.page.getByText("5,000 tasks").waitFor({ timeout: 60_000 });
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
  expect(edit).toBeLessThan(3_000);
}, 120_000);
