import { registerRootComponent } from "expo";
import { App } from "./App";
import "./src/providers/backgroundSync";

registerRootComponent(App);
