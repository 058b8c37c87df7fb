import { OfflineProvider } from "other-library";

export default function App() {
  return <Home />;
}
