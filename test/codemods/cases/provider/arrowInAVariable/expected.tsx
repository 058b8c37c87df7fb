import { registerRootComponent } from "expo";
import { Home } from "./src/Home";
import { OfflineProvider } from "./src/providers/OfflineProvider";

const App = () => (
  <OfflineProvider>
    <Home />
  </OfflineProvider>
);

export default registerRootComponent(App);
