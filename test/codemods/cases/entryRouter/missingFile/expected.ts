import "./src/providers/backgroundSync";
import "expo-router/entry";
