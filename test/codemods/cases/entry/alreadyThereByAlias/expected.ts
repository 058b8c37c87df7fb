import { registerRootComponent } from "expo";

import "@/providers/backgroundSync";
import App from "./App";

// Comment of the template.
registerRootComponent(App);
