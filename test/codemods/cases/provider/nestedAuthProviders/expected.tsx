import { ClerkProvider, useAuth } from '@clerk/clerk-expo';
import { ConvexProviderWithClerk } from 'convex/react-clerk';
import { ConvexReactClient } from 'convex/react';
import { Slot } from 'expo-router';
import { OfflineProvider } from './src/providers/OfflineProvider';

const convex = new ConvexReactClient(process.env.EXPO_PUBLIC_CONVEX_URL!);

export default function RootLayout() {
	const [loaded] = useFonts({});
	if (!loaded) return null;
	return (
		<ClerkProvider>
			<ConvexProviderWithClerk client={convex} useAuth={useAuth}>
				<OfflineProvider>
					<Slot />
					<StatusBar style='auto' />
				</OfflineProvider>
			</ConvexProviderWithClerk>
		</ClerkProvider>
	);
}
