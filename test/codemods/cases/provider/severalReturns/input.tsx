export default function App() {
  if (loading) return <Splash />;
  return <Home />;
}
